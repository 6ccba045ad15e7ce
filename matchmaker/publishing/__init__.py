"""New versions of the alliance's lists: checked, compared with the one before, published; what is in force now."""
