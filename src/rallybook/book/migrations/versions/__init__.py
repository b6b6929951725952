"""One module for each version of the tables, never edited once it is out."""
