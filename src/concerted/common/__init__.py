"""What every engine needs and none owns: errors and their words, ids, time, progress, files taken whole."""
