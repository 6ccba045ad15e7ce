from matchmaker.migrations.tables import tables
from matchmaker.rights.policies import POLICIES
from matchmaker.store.outbox import Topic


def test_every_table_says_what_becomes_of_its_rows() -> None:
    assert set(tables().tables) <= set(POLICIES)


def test_every_column_that_a_policy_names_exists_and_what_owns_has_a_foreign_key() -> None:
    for name, table in tables().tables.items():
        policy = POLICIES[name]
        assert all(table.c[column].foreign_keys for column in policy.gone_with), name
        assert set(policy.names) <= set(table.c.keys()), name
        assert not policy.address or policy.address in table.c, name


def test_what_stays_has_a_reason() -> None:
    assert all(policy.gone_with or policy.reason for policy in POLICIES.values())


def test_a_link_that_is_not_emptied_owns_its_row() -> None:
    for name, table in tables().tables.items():
        links = {key.parent.name for key in table.foreign_keys if not key.parent.nullable}
        assert links <= set(POLICIES[name].gone_with), name


def test_every_topic_is_named_after_its_table() -> None:
    assert all(topic.removeprefix("index_") in tables().tables for topic in Topic)
