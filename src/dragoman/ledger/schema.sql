-- The ledger: tables and columns are public contract (docs/ledger.md). Version 1.
-- Offsets are half-open and count Unicode code points of articles.text.
-- Ids are 16 hex digits that depend on the text and the record alone, so that the same input makes
-- the same rows whatever the order of arrival. There are no foreign-key constraints, which would
-- slow bulk writing: `dragoman verify` checks every reference instead.

CREATE TABLE schema_version (version INTEGER NOT NULL, program VARCHAR NOT NULL);

CREATE TABLE state (key VARCHAR NOT NULL, value VARCHAR);

CREATE TABLE articles (
    article_id VARCHAR PRIMARY KEY,
    url VARCHAR,
    title VARCHAR,
    publisher VARCHAR,
    published DATE,
    language VARCHAR,
    text VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL UNIQUE,
    source_path VARCHAR,
    extractor VARCHAR NOT NULL
);

-- Every place where an article's text was met. given_id is the id it had there.
CREATE TABLE sources (
    article_id VARCHAR NOT NULL,
    source_path VARCHAR,
    given_id VARCHAR NOT NULL,
    url VARCHAR,
    title VARCHAR,
    publisher VARCHAR,
    published DATE
);

CREATE TABLE entities (
    entity_id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    country VARCHAR,
    sector VARCHAR,
    kind VARCHAR NOT NULL
);

CREATE TABLE mentions (
    article_id VARCHAR NOT NULL,
    start BIGINT NOT NULL,
    "end" BIGINT NOT NULL,
    entity_id VARCHAR NOT NULL,
    quote VARCHAR NOT NULL,
    party_id VARCHAR NOT NULL,
    form VARCHAR NOT NULL,
    confidence DOUBLE NOT NULL,
    stage VARCHAR NOT NULL
);

-- One article's account of one happening.
CREATE TABLE reports (
    report_id VARCHAR NOT NULL,
    event_id VARCHAR NOT NULL,
    article_id VARCHAR NOT NULL,
    type VARCHAR NOT NULL,
    mode VARCHAR,
    quad VARCHAR,
    intensity DOUBLE,
    status VARCHAR NOT NULL,
    contexts VARCHAR[] NOT NULL,
    date VARCHAR,
    date_from DATE,
    date_to DATE,
    place VARCHAR,
    country VARCHAR,
    latitude DOUBLE,
    longitude DOUBLE,
    geonames_id BIGINT,
    start BIGINT NOT NULL,
    "end" BIGINT NOT NULL,
    quote VARCHAR NOT NULL,
    attribution VARCHAR,
    confidence DOUBLE NOT NULL,
    stage VARCHAR NOT NULL
);

-- role is actor, recipient or place; party_id is whom the entity acts for.
CREATE TABLE report_entities (
    report_id VARCHAR NOT NULL,
    article_id VARCHAR NOT NULL,
    role VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    entity_id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    country VARCHAR,
    sector VARCHAR,
    party_id VARCHAR NOT NULL,
    start BIGINT,
    "end" BIGINT,
    quote VARCHAR
);

-- What a report rests on beside its quote: role is trigger (the words of the act) or again (a
-- further mention of the same happening).
CREATE TABLE report_spans (
    report_id VARCHAR NOT NULL,
    article_id VARCHAR NOT NULL,
    role VARCHAR NOT NULL,
    start BIGINT NOT NULL,
    "end" BIGINT NOT NULL,
    quote VARCHAR NOT NULL
);

-- The happening behind one or many reports: a pure function of reports, remade at the end of a run.
-- report_id, article_id, start, end and quote are those of its most confident report.
CREATE TABLE events (
    event_id VARCHAR NOT NULL,
    type VARCHAR NOT NULL,
    mode VARCHAR,
    quad VARCHAR,
    intensity DOUBLE,
    status VARCHAR NOT NULL,
    contexts VARCHAR[] NOT NULL,
    date VARCHAR,
    date_from DATE,
    date_to DATE,
    place VARCHAR,
    country VARCHAR,
    latitude DOUBLE,
    longitude DOUBLE,
    geonames_id BIGINT,
    report_id VARCHAR NOT NULL,
    article_id VARCHAR NOT NULL,
    start BIGINT NOT NULL,
    "end" BIGINT NOT NULL,
    quote VARCHAR NOT NULL,
    attribution VARCHAR,
    confidence DOUBLE NOT NULL,
    first_reported DATE,
    n_reports INTEGER NOT NULL,
    disagreement VARCHAR
);

CREATE TABLE positions (
    position_id VARCHAR NOT NULL,
    article_id VARCHAR NOT NULL,
    party VARCHAR,
    speaker VARCHAR,
    issue VARCHAR NOT NULL,
    stance VARCHAR NOT NULL,
    addressee VARCHAR,
    content VARCHAR NOT NULL,
    content_start BIGINT NOT NULL,
    content_end BIGINT NOT NULL,
    condition VARCHAR,
    condition_start BIGINT,
    condition_end BIGINT,
    attribution VARCHAR,
    start BIGINT NOT NULL,
    "end" BIGINT NOT NULL,
    quote VARCHAR NOT NULL,
    confidence DOUBLE NOT NULL,
    stage VARCHAR NOT NULL
);

-- role is party, speaker or addressee.
CREATE TABLE position_entities (
    position_id VARCHAR NOT NULL,
    article_id VARCHAR NOT NULL,
    role VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    entity_id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    country VARCHAR,
    sector VARCHAR,
    party_id VARCHAR NOT NULL,
    start BIGINT,
    "end" BIGINT,
    quote VARCHAR
);

CREATE TABLE figures (
    figure_id VARCHAR NOT NULL,
    article_id VARCHAR NOT NULL,
    quantity VARCHAR NOT NULL,
    value_min DOUBLE,
    value_max DOUBLE,
    unit VARCHAR NOT NULL,
    "of" VARCHAR,
    place VARCHAR,
    attribution VARCHAR,
    start BIGINT NOT NULL,
    "end" BIGINT NOT NULL,
    quote VARCHAR NOT NULL,
    confidence DOUBLE NOT NULL,
    stage VARCHAR NOT NULL
);

CREATE TABLE linkages (
    linkage_id VARCHAR NOT NULL,
    article_id VARCHAR NOT NULL,
    direction VARCHAR NOT NULL,
    "from" VARCHAR NOT NULL,
    from_start BIGINT NOT NULL,
    from_end BIGINT NOT NULL,
    "to" VARCHAR NOT NULL,
    to_start BIGINT NOT NULL,
    to_end BIGINT NOT NULL,
    start BIGINT NOT NULL,
    "end" BIGINT NOT NULL,
    quote VARCHAR NOT NULL,
    confidence DOUBLE NOT NULL,
    stage VARCHAR NOT NULL
);

-- An article's words on a standing condition, from which measures are folded.
CREATE TABLE conditions (
    condition_id VARCHAR NOT NULL,
    article_id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    effect VARCHAR NOT NULL,
    since VARCHAR,
    until VARCHAR,
    start BIGINT NOT NULL,
    "end" BIGINT NOT NULL,
    quote VARCHAR NOT NULL,
    confidence DOUBLE NOT NULL,
    stage VARCHAR NOT NULL
);

-- role is holder or target.
CREATE TABLE condition_entities (
    condition_id VARCHAR NOT NULL,
    article_id VARCHAR NOT NULL,
    role VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    entity_id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    country VARCHAR,
    sector VARCHAR,
    party_id VARCHAR NOT NULL,
    start BIGINT,
    "end" BIGINT,
    quote VARCHAR
);

-- What stands between two parties, as one article tells it. opened_by and closed_by are report_ids.
CREATE TABLE measures (
    measure_id VARCHAR NOT NULL,
    article_id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    holder VARCHAR,
    target VARCHAR,
    since VARCHAR,
    until VARCHAR,
    opened_by VARCHAR,
    closed_by VARCHAR,
    start BIGINT NOT NULL,
    "end" BIGINT NOT NULL,
    quote VARCHAR NOT NULL,
    confidence DOUBLE NOT NULL,
    stage VARCHAR NOT NULL
);

-- role is holder or target.
CREATE TABLE measure_entities (
    measure_id VARCHAR NOT NULL,
    article_id VARCHAR NOT NULL,
    role VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    entity_id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    country VARCHAR,
    sector VARCHAR,
    party_id VARCHAR NOT NULL,
    start BIGINT,
    "end" BIGINT,
    quote VARCHAR
);

-- What was left out, and why. Without an article_id the source in "where" gave no article.
CREATE TABLE drops (
    drop_id VARCHAR NOT NULL,
    article_id VARCHAR,
    stage VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    start BIGINT,
    "end" BIGINT,
    "where" VARCHAR
);

CREATE TABLE runs (
    run_id VARCHAR NOT NULL,
    version VARCHAR NOT NULL,
    settings VARCHAR NOT NULL,
    started TIMESTAMP NOT NULL,
    finished TIMESTAMP,
    counts VARCHAR
);
