"""What any room may read text with: scripts, bigrams, dates, numbers, countries, languages."""
