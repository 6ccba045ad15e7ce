"""Who acts for whom: sign-in letters, representatives and editors of a member, successors, appointments."""
