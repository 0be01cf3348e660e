"""Programs that go out with a packet: pure, standard library and the rules only."""
