"""What people read in articles: two coders, what they agree on, who decides where they differ."""
