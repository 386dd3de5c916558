"""Whole journeys: real processes, a real browser, real mail."""
