"""The parts that pages are made of, as GOV.UK and the Ministry of Justice draw them: plain functions that give HTML.

Templates reach them by `{% load concerted %}`. No part carries the crown or a typeface that is not ours to use. A test
compares each with the examples that GOV.UK publishes of it.
"""
