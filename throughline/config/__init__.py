"""Settings, addresses, the web entry point and the product's command."""
