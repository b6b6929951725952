"""Exchange with Label Studio: a labelling set-up, tasks out, annotations in."""
