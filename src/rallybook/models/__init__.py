"""The tagger that rallybook ships: weights, checksum, tokenizer, and the card that describes them."""
