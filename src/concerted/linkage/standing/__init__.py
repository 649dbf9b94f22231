"""A standing picture as one question at a time looks into it: keys, values and entities in files that are mapped."""
