"""The attacker: reads everything that was carried away, and tries to say whose signature is whose."""
