"""The tables of a workspace.

Sources, documents, mentions, claims and judgements are what was read and decided: append-only.
Entities, names and ties are derived from them and may be rebuilt at any time. A record's whole
content is kept as JSON in `record`; the columns beside it are what queries need.

The full-text index `passages` is an FTS5 table of SQLite's, made by the first migration. It is
contentless: the text stays in `documents`, so that forgetting has one place to clean.
"""

from sqlalchemy import (
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData()

facts = Table(
    "facts",
    metadata,
    Column("key", String, primary_key=True),
    Column("value", Text, nullable=False),
)
"""Facts about the workspace itself: what made it, and the fingerprint of its derived tables."""

sources = Table(
    "sources",
    metadata,
    Column("id", String, primary_key=True),
    Column("record", Text, nullable=False),
)

editions = Table(
    "editions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("source_id", String, ForeignKey("sources.id"), nullable=False),
    Column("as_of", String, nullable=False),
    Column("file_name", String, nullable=False),
    Column("sha256", String, nullable=False),
    Column("layout", String, nullable=False),
    Column("scope", String, nullable=False),
    Column("rows_in", Integer, nullable=False),
    Column("individuals", Integer, nullable=False),
    Column("out_of_scope", Integer, nullable=False),
    Column("bad", Integer, nullable=False),
    Column("loaded_at", String, nullable=False),
    UniqueConstraint("source_id", "sha256"),
)
"""One loaded version of a list, with how its rows were counted."""

documents = Table(
    "documents",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("id", String, nullable=False, unique=True),
    Column("origin", String, nullable=False),
    Column("source_id", String, ForeignKey("sources.id")),
    Column("name", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("sha256", String, nullable=False),
    Column("language", String, nullable=False),
    Column("media_type", String, nullable=False),
    Column("title", String, nullable=False),
    Column("url", String),
    Column("publisher", String),
    Column("date", String),
    Column("added_at", String, nullable=False),
    Column("read_by", String),
    Column("superseded_at", String),
    Column("forgotten_at", String),
    Column("forgotten_because", String),
    Index("documents_by_sha256", "sha256"),
)
"""`seq` is the row of the full-text index; `read_by` the extractor version that read it.

`superseded_at` marks a list row's older wording: a later edition words the same row differently.
"""

list_rows = Table(
    "list_rows",
    metadata,
    Column("edition_id", Integer, ForeignKey("editions.id"), primary_key=True),
    Column("key", String, primary_key=True),
    Column("number", Integer, nullable=False),
    Column("document_id", String, ForeignKey("documents.id"), nullable=False),
    Index("list_rows_by_document", "document_id"),
)
"""Which row stood in which edition: first seen, last seen and removed follow from it."""

set_aside = Table(
    "set_aside",
    metadata,
    Column("edition_id", Integer, ForeignKey("editions.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("kind", String, nullable=False),
    Column("reason", Text, nullable=False),
    Column("text", Text, nullable=False),
    Index("set_aside_by_edition", "edition_id"),
)

articles = Table(
    "articles",
    metadata,
    Column("id", String, primary_key=True),
    Column("document_id", String, ForeignKey("documents.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("record", Text, nullable=False),
    Index("articles_by_document", "document_id"),
)

mentions = Table(
    "mentions",
    metadata,
    Column("id", String, primary_key=True),
    Column("document_id", String, ForeignKey("documents.id"), nullable=False),
    Column("record", Text, nullable=False),
    Column("superseded_at", String),
    Index("mentions_by_document", "document_id"),
)

claims = Table(
    "claims",
    metadata,
    Column("id", String, primary_key=True),
    Column("document_id", String, ForeignKey("documents.id"), nullable=False),
    Column("subject", String, nullable=False),
    Column("predicate", String, nullable=False),
    Column("object", String),
    Column("record", Text, nullable=False),
    Column("recorded_at", String, nullable=False),
    Column("superseded_at", String),
    Index("claims_by_document", "document_id"),
    Index("claims_by_subject", "subject"),
    Index("claims_by_object", "object"),
)
"""`superseded_at`, here and on mentions, is set when a later run read the document again."""

judgements = Table(
    "judgements",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("id", String, nullable=False, unique=True),
    Column("record", Text, nullable=False),
)

entities = Table(
    "entities",
    metadata,
    Column("id", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("country", String),
    Column("tier", String),
    Column("record", Text, nullable=False),
)

entity_names = Table(
    "entity_names",
    metadata,
    Column("key", String, nullable=False),
    Column("entity_id", String, nullable=False),
    Column("text", String, nullable=False),
    Index("entity_names_by_key", "key"),
)
"""Every name of every entity under its normal form, for exact look-up."""

entity_identifiers = Table(
    "entity_identifiers",
    metadata,
    Column("scheme", String, nullable=False),
    Column("value", String, nullable=False),
    Column("entity_id", String, nullable=False),
    Index("entity_identifiers_by_value", "scheme", "value"),
)

entity_mentions = Table(
    "entity_mentions",
    metadata,
    Column("mention_id", String, primary_key=True),
    Column("entity_id", String, nullable=False),
    Index("entity_mentions_by_entity", "entity_id"),
)

name_keys = Table(
    "name_keys",
    metadata,
    Column("kind", String, nullable=False),
    Column("key", String, nullable=False),
    Column("mention_id", String, nullable=False),
    Column("document_id", String, nullable=False),
    Column("bare", Integer, nullable=False),
    Column("strong", Integer, nullable=False),
    Index("name_keys_by_key", "key", "kind", "bare"),
    Index("name_keys_by_mention", "mention_id"),
)
"""What a mention shares with others that may be the same: `kind` is name, core or identifier."""

placements = Table(
    "placements",
    metadata,
    Column("mention_id", String, primary_key=True),
    Column("document_id", String, nullable=False),
    Column("onto", String),
    Column("in_group", String),
    Column("reasons", Text, nullable=False),
    Index("placements_by_document", "document_id"),
    Index("placements_by_group", "in_group"),
    Index("placements_by_onto", "onto"),
)
"""Where each bare mention was put: onto another mention, or in a group of names nobody bears."""

ties = Table(
    "ties",
    metadata,
    Column("id", String, primary_key=True),
    Column("subject", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("object", String, nullable=False),
    Column("status", String, nullable=False),
    Column("record", Text, nullable=False),
    Index("ties_by_subject", "subject"),
    Index("ties_by_object", "object"),
)

uncertain = Table(
    "uncertain",
    metadata,
    Column("left", String, primary_key=True),
    Column("right", String, primary_key=True),
    Column("score", Float, nullable=False),
    Column("record", Text, nullable=False),
)
"""Pairs of mentions that resolution would not decide, best first by score."""

watched = Table(
    "watched",
    metadata,
    Column("id", String, primary_key=True),
    Column("record", Text, nullable=False),
    Column("added_at", String, nullable=False),
    Column("removed_at", String),
)
"""The names that are watched; one that is watched no longer stays, with when it was taken off."""

watch_rounds = Table(
    "watch_rounds",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", String, nullable=False),
    Column("record", Text, nullable=False),
    Column("delivered_at", String),
)
"""Each rescreening with what it found changed; undelivered ones are handed over by the next."""

watch_states = Table(
    "watch_states",
    metadata,
    Column("watched_id", String, ForeignKey("watched.id"), primary_key=True),
    Column("round_id", Integer, ForeignKey("watch_rounds.id"), primary_key=True),
    Column("record", Text, nullable=False),
)
"""What was known of a watched name in a round, where it differs from the round before. Ids only,
no quotes: what is forgotten stands in no state.
"""

screenings = Table(
    "screenings",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("id", String, nullable=False, unique=True),
    Column("at", String, nullable=False),
    Column("summary", Text, nullable=False),
    Column("record", Text, nullable=False),
)
"""Screenings that were saved as cases; their quotes are redacted with the document they are of."""

dispositions = Table(
    "dispositions",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("id", String, nullable=False, unique=True),
    Column("party_key", String, nullable=False),
    Column("record", Text, nullable=False),
    Index("dispositions_by_party", "party_key"),
)
"""What people decided on matches of parties; append-only."""

source_grades = Table(
    "source_grades",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("id", String, nullable=False, unique=True),
    Column("record", Text, nullable=False),
)
"""Grades that people gave to publishers, with reasons; append-only."""

fetches = Table(
    "fetches",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("url", String, nullable=False),
    Column("source_id", String),
    Column("fetched_at", String, nullable=False),
    Column("status", Integer),
    Column("sha256", String),
    Column("archive", String),
    Column("record", Text, nullable=False),
    Index("fetches_by_url", "url"),
    Index("fetches_by_source", "source_id"),
)
"""Every fetch, done or failed, with where its answer is archived."""

text_signatures = Table(
    "text_signatures",
    metadata,
    Column("article_id", String, primary_key=True),
    Column("document_id", String, ForeignKey("documents.id"), nullable=False),
    Column("signature", LargeBinary, nullable=False),
    Column("story", String),
    Index("text_signatures_by_document", "document_id"),
    Index("text_signatures_by_story", "story"),
)
"""What an article's text is like, and the story that it tells with others; can be made anew."""
