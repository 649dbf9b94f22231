"""What the conditions mean in each engine: one small module an engine, proven equal by golden pairs."""
