"""SIGKILL at random moments of every act of the post: what was acknowledged is there, nothing is there twice, nothing hangs."""
