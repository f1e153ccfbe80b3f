"""Assessments: the TKDN of a bill on a day, what it rests on, and everything that can be asked of it afterwards."""
