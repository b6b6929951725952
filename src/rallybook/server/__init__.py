"""The book in the browser and for programs: HTTP API, OGC API – Features, feed and pages."""
