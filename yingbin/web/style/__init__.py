"""The style guide at /style/, while developing only: components and mocks of the screens."""
