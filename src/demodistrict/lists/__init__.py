"""How lists are laid out on paper: columns, headers, titles, sections, fonts and codes, and the files they become."""
