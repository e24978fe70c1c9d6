"""Pure judgements about people, papers, phones, births, addresses and case numbers as lists write them."""
