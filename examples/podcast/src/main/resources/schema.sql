create table if not exists member (
    id         bigint generated always as identity primary key,
    email      varchar(254) not null unique,
    show_title varchar(120) not null,
    joined_at  timestamp(6) with time zone not null
);

create table if not exists episode (
    id           bigint generated always as identity primary key,
    member_id    bigint not null references member (id),
    title        varchar(160) not null,
    notes        varchar(4000) not null,
    transcript   varchar(20000),
    published_at timestamp(6) with time zone not null
);

create index if not exists episode_by_member on episode (member_id, published_at);

create table if not exists notice (
    id        bigint generated always as identity primary key,
    member_id bigint not null references member (id),
    -- The event's id: what is delivered twice is shown once.
    event_id  varchar(255) not null unique,
    text      varchar(300) not null,
    noted_at  timestamp(6) with time zone not null
);

create index if not exists notice_by_member on notice (member_id, noted_at);
