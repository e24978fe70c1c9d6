"""Where things are: official areas of every generation, hamlets below them, operational areas beside them."""
