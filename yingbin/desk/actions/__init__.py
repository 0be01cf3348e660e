"""Every write of the desk; what the contract decides goes through `happen.at_the_desk` alone."""
