"""The MQTT side of SensorThings (18-088 §14): client of a broker that somebody else runs."""
