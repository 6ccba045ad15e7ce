"""Files in and out: CSV, XLSX, JSON Lines and OCDS packages; every bad row is named, every good one is kept."""
