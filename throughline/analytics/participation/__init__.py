"""What young people's activities count as: code sets, currency, standing and spells, as dated rules say."""
