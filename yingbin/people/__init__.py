"""Sites, posts, departments, staff and their roles: who may do what."""
