"""The values that pass between the stages: frozen, typed, with no behaviour but their own laws."""
