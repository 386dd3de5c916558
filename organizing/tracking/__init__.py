"""Where support stands: structure tests, paper signatures, target lines, and the figures that can be shown of units."""
