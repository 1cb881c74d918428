"""The exchange room: files about young people come in, are looked over and accepted; returns go out."""
