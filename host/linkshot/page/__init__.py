"""What a page says: HTML, CSS and addresses in, values out. Pure; reads no file and no network."""
