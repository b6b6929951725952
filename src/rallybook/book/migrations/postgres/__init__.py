"""The versions of the tables on a server, from the first one that had them; never edited once out."""
