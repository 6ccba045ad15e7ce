"""What a city needs: description, needs, benefit, beneficiaries, circumstances, budget band, status."""
