"""Facts: what one row of any list says, in the words of the registry, cases, tracing and quarantine, with a remark for every doubt. Pure."""
