"""Charts as objects: called for a figure of plotly, asked for the data behind them."""
