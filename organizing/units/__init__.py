"""The workplace as a tree: sites, departments, shifts, and how many people work there as of which day."""
