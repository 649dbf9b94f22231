BEGIN TRANSACTION;
CREATE TABLE change (
    number integer primary key,
    at text not null,
    command text not null,
    who text not null,
    files text not null,
    first_decision integer,
    last_decision integer,
    release text not null,
    model text not null
) strict;
INSERT INTO "change" VALUES(1,'2026-11-26T20:01:52Z','resolve','','["small.csv"]',1,1,'c45cf3eb6ef21743','shipped-2');
CREATE TABLE decision (
    number integer primary key,
    left_source text not null,
    left_id text not null,
    right_source text not null,
    right_id text not null,
    decision text not null check (decision in ('same', 'different', 'unsure', 'undone')),
    who text not null,
    at text not null,
    why text not null,
    supersedes integer,
    undoes integer,
    check ((decision = 'undone') = (undoes is not null))
) strict;
INSERT INTO "decision" VALUES(1,'force','5','force','6','different','Ann','2026-03-01','seen',NULL,NULL);
CREATE TABLE delivery (
    number integer primary key,
    mends integer references delivery (number),
    batch integer not null,         -- the command that brought it, counted over the life of the folder
    feed text not null,             -- the row of deliveries that it belongs to; empty of what was mended
    file text not null,
    sheet text,
    sha256 text not null,
    bytes integer not null,
    profile_id text not null,
    profile_version integer not null,
    profile_text text not null,
    columns text not null,          -- JSON list: the file's columns; empty when no row of it is in quarantine
    counts text not null,           -- JSON
    notes text not null,            -- JSON list
    dropped text not null,          -- JSON list
    arrived text not null,
    told text not null default '{}' -- JSON: what it brought that is new, changed, unchanged or missing
) strict;
INSERT INTO "delivery" VALUES(1,NULL,1,'small:force','small.csv',NULL,'d488f68385dcb57c458353392f88366929ced0ce0060c320eb3de811f7c98e7d',294,'small',1,'
profile: small
version: 1
kind: person
record_id: id
source: {constant: force}
fields:
  given_name: first
  family_name: last
  date_of_birth: {column: dob, date: "%Y-%m-%d"}
  phone: phone
truth: who
','["id", "first", "last", "dob", "phone", "who"]','{"rows": 7, "read": 6, "quarantined": 1, "blank": 0, "repeated": 0, "records": 6, "values_quarantined": 0, "unchanged": 0, "erased": 0}','[]','[]','2026-11-26T20:01:52Z','{"new": 6, "changed": 0, "unchanged": 0, "missing": 0, "moved": {}, "profile_before": null}');
CREATE TABLE ended (
    number integer primary key,
    act text not null check (act in ('restricted', 'erased')),
    key text not null,
    who text not null,
    at text not null,
    why text not null,
    lifted_by text,
    lifted_at text,
    lifted_why text
) strict;
CREATE TABLE link (
    number integer primary key,
    left_source text not null,
    left_id text not null,
    right_source text not null,
    right_id text not null,
    weight real not null,
    probability real not null,
    band text not null check (band in ('join', 'review')),
    reasons text not null,
    against text not null,
    splink_weight real not null,
    place integer,
    what_it_would_change text,
    review_group text,
    sample text
) strict;
INSERT INTO "link" VALUES(0,'force','1','force','2',1.50775012464463991084e+01,9.99971079399591733505e-01,'join','same date of birth (+12.0); same telephone (+11.1); same family name, uncommon (+9.4); same given name, uncommon (+8.0)','what they share would also fit two people of one household (-19.9); how rare the whole name is, beyond its parts (-2.4)',4.05397270822411073245e+01,1,'decided different, the two would come apart; drawn at random, to learn how many joined links are wrong','1','joined');
INSERT INTO "link" VALUES(1,'force','3','force','4',1.34914002964131451989e+01,9.99913174734919807384e-01,'join','same date of birth (+12.0); same family name, uncommon (+9.4); same given name, uncommon (+8.0)','what they share would also fit two people of one household (-10.3); how rare the whole name is, beyond its parts (-2.4)',2.94040177961367064094e+01,2,'decided different, the two would come apart; drawn at random, to learn how many joined links are wrong','2','joined');
CREATE TABLE member (
    number integer primary key,
    source text not null,
    record_id text not null,
    arrival integer not null,
    permanent_id text not null,
    entity text not null
) strict;
INSERT INTO "member" VALUES(0,'force','1',1,'riwcmy2udpanyvlb5riotp6fsi','riwcmy2udpanyvlb5riotp6fsi');
INSERT INTO "member" VALUES(1,'force','2',2,'djg6c446z7xv54byf4h3lqtvn4','riwcmy2udpanyvlb5riotp6fsi');
INSERT INTO "member" VALUES(2,'force','3',3,'cocajl7zxurvzudziwacwpaviq','cocajl7zxurvzudziwacwpaviq');
INSERT INTO "member" VALUES(3,'force','4',4,'zawre67v5dysozectz2ygh2qge','cocajl7zxurvzudziwacwpaviq');
INSERT INTO "member" VALUES(4,'force','5',5,'mlmreeemivqo3zdihlndtish74','mlmreeemivqo3zdihlndtish74');
INSERT INTO "member" VALUES(5,'force','6',6,'qwejjxnhwvesxem74conoi5aii','qwejjxnhwvesxem74conoi5aii');
CREATE TABLE met (
    item integer not null references quarantine (id) on delete cascade,
    delivery integer not null references delivery (number) deferrable initially deferred,
    file text not null,
    sheet text,
    row integer,
    reason text not null,
    mend text not null,
    primary key (item, delivery)
) strict;
CREATE TABLE meta (key text primary key, value text not null) strict, without rowid;
INSERT INTO "meta" VALUES('arrivals','6');
INSERT INTO "meta" VALUES('as_of','2026-11-26');
INSERT INTO "meta" VALUES('cut','{}');
INSERT INTO "meta" VALUES('errors','{"false_links": {"estimate": 8.683e-05, "low": 1.962e-09, "high": 0.7935}, "missed_links": {"estimate": 0.0, "low": 0.0, "high": 0.7935}, "from": "the model''s weights, set right near the threshold by what surer links and answers tell"}');
INSERT INTO "meta" VALUES('picture','52195803009c52cd');
INSERT INTO "meta" VALUES('purpose','');
INSERT INTO "meta" VALUES('secret','f8132ddd4ca684f142f589ea2dbe1b86669f7b24b10ba53d9f6416ccd2539174');
INSERT INTO "meta" VALUES('strengths','[["Given name", "same given name", 7.966709385713913, 1], ["Family name", "same family name", 9.39896913065119, 1], ["Date of birth", "same date of birth", 12.0383392797716, 1]]');
INSERT INTO "meta" VALUES('summary','{
 "records": 6,
 "rows_quarantined": 1,
 "values_quarantined": 0,
 "entities": 4,
 "links": 2,
 "review": 0,
 "seconds": {
  "read": 0.052,
  "repeats": 0.027,
  "prepare": 0.082,
  "pairs": 0.004,
  "model": 0.005,
  "compare": 0.026,
  "decide": 0.033,
  "write": 0.171
 },
 "model": {
  "release": "c45cf3eb6ef21743",
  "name": "shipped-2",
  "trained": false,
  "why": "the shipped release: training needs 2,000 records and here are 6"
 },
 "thresholds": {
  "join": 2.5,
  "keep": 0.0,
  "set": -3.0
 },
 "files": [
  {
   "file": "small.csv",
   "profile": "small",
   "profile_version": 1,
   "sha256": "d488f68385dcb57c458353392f88366929ced0ce0060c320eb3de811f7c98e7d",
   "bytes": 294,
   "rows": 7,
   "read": 6,
   "quarantined": 1,
   "blank": 0,
   "repeated": 0,
   "records": 6,
   "values_quarantined": 0,
   "unchanged": 0,
   "erased": 0,
   "dropped": [],
   "notes": [],
   "mends": null,
   "sheet": null,
   "batch": 1,
   "feed": "small:force",
   "arrived": "2026-11-26T20:01:52Z",
   "told": {
    "new": 6,
    "changed": 0,
    "unchanged": 0,
    "missing": 0,
    "moved": {},
    "profile_before": null
   }
  }
 ],
 "notes": [],
 "evaluation": null,
 "kinds": {
  "person": 6
 },
 "things": {},
 "cut": {},
 "errors": {
  "false_links": {
   "estimate": 8.683e-05,
   "low": 1.962e-09,
   "high": 0.7935
  },
  "missed_links": {
   "estimate": 0.0,
   "low": 0.0,
   "high": 0.7935
  },
  "from": "the model''s weights, set right near the threshold by what surer links and answers tell"
 },
 "trust": {
  "unsure": 0,
  "compared": 3,
  "between": [
   {
    "left": "force",
    "right": "force",
    "joined": 2,
    "review": 0,
    "false": 0.0001
   }
  ],
  "filled": {
   "Given name": {
    "force": 1.0
   },
   "Family name": {
    "force": 1.0
   },
   "Middle names": {
    "force": 0.0
   },
   "Date of birth": {
    "force": 1.0
   },
   "Sex": {
    "force": 0.0
   },
   "Address and postcode": {
    "force": 0.0
   },
   "Town": {
    "force": 0.0
   },
   "Place of birth": {
    "force": 0.0
   },
   "Country": {
    "force": 0.0
   },
   "Occupation": {
    "force": 0.0
   },
   "Organisation": {
    "force": 0.0
   },
   "Telephone": {
    "force": 0.8333333333333334
   },
   "E-mail address": {
    "force": 0.0
   },
   "User name": {
    "force": 0.0
   },
   "NHS number": {
    "force": 0.0
   },
   "Unique pupil number": {
    "force": 0.0
   },
   "PNC id": {
    "force": 0.0
   }
  }
 }
}');
INSERT INTO "meta" VALUES('things','');
INSERT INTO "meta" VALUES('version','5');
INSERT INTO "meta" VALUES('words','["concerted", "resolve"]');
CREATE TABLE moved (
    source text not null,
    record_id text not null,
    change integer not null references change (number),
    was integer,
    became integer,
    primary key (source, record_id, change)
) strict, without rowid;
INSERT INTO "moved" VALUES('force','1',1,NULL,0);
INSERT INTO "moved" VALUES('force','2',1,NULL,0);
INSERT INTO "moved" VALUES('force','3',1,NULL,1);
INSERT INTO "moved" VALUES('force','4',1,NULL,1);
INSERT INTO "moved" VALUES('force','5',1,NULL,2);
INSERT INTO "moved" VALUES('force','6',1,NULL,3);
CREATE TABLE quarantine (
    id integer primary key,
    delivery integer not null references delivery (number) deferrable initially deferred,
    kind text not null check (kind in ('row', 'value')),
    file text not null,
    sheet text,
    row integer,
    column_name text,
    field text,
    source text,
    record_id text,
    raw text not null,
    raw_form text not null check (raw_form in ('text', 'line', 'cells')),
    reason text not null,
    mend text not null,
    state text not null default 'waiting'
        check (state in ('waiting', 'mended', 'replayed', 'superseded')),
    mended text,                    -- JSON: column to value; an empty object of what a person dismissed
    who text,
    "when" text,
    why text,
    over integer                    -- the delivery that superseded it
) strict;
INSERT INTO "quarantine" VALUES(1,1,'row','small.csv',NULL,8,'id',NULL,'force',NULL,'["", "Nobody", "Known", "", "", ""]','cells','it has no record id','fill the record id in','waiting',NULL,NULL,NULL,NULL,NULL);
CREATE TABLE release (id text primary key, json text not null, chosen text not null) strict;
INSERT INTO "release" VALUES('c45cf3eb6ef21743','{
 "id": "c45cf3eb6ef21743",
 "form": 5,
 "name": "shipped-2",
 "trained": false,
 "training": "How often strangers agree: the mean of what 50,756 records of an invented region (size medium, seed 7) say and of what is set by hand; names as common as among its 24,996 people. All else set by hand from published error rates of British records.",
 "comparisons": [
  {
   "name": "given",
   "title": "Given name",
   "needs": [
    "given"
   ],
   "levels": [
    {
     "words": "same given name",
     "m": 0.78,
     "u": 0.003118,
     "kin": 0.004,
     "when": "Same(column=''given'')",
     "rarity": "given",
     "common": false
    },
    {
     "words": "given and family name the other way round",
     "m": 0.02,
     "u": 1.539e-06,
     "kin": 1e-05,
     "when": "Crossed(one=''given'', other=''family'')",
     "rarity": "",
     "common": false
    },
    {
     "words": "given names of one root",
     "m": 0.06,
     "u": 0.002326,
     "kin": 0.002,
     "when": "Some(conditions=(Same(column=''given_root''), Shares(column=''given_roots'')), least=1)",
     "rarity": "",
     "common": false
    },
    {
     "words": "given names near",
     "m": 0.05,
     "u": 0.002446,
     "kin": 0.015,
     "when": "Some(conditions=(Like(column=''given'', least=0.88), Slip(column=''given'')), least=1)",
     "rarity": "",
     "common": false
    },
    {
     "words": "one given name begins the other",
     "m": 0.02,
     "u": 0.001031,
     "kin": 0.01,
     "when": "Begins(column=''given'')",
     "rarity": "",
     "common": false
    },
    {
     "words": "given name among the other''s names",
     "m": 0.02,
     "u": 0.003648,
     "kin": 0.02,
     "when": "Among(column=''given'', among=''words'')",
     "rarity": "",
     "common": false
    },
    {
     "words": "given names differ",
     "m": 0.05,
     "u": 0.9869,
     "kin": 0.949,
     "when": "None",
     "rarity": "",
     "common": false
    }
   ],
   "missing": "Missing(columns=(''given'',))",
   "trained": true
  },
  {
   "name": "family",
   "title": "Family name",
   "needs": [
    "family"
   ],
   "levels": [
    {
     "words": "same family name",
     "m": 0.8,
     "u": 0.001185,
     "kin": 0.8,
     "when": "Same(column=''family'')",
     "rarity": "family",
     "common": false
    },
    {
     "words": "family names of one root",
     "m": 0.03,
     "u": 0.0005585,
     "kin": 0.03,
     "when": "Some(conditions=(Same(column=''family_root''), Shares(column=''family_parts'')), least=1)",
     "rarity": "",
     "common": false
    },
    {
     "words": "family names near",
     "m": 0.08,
     "u": 0.001822,
     "kin": 0.03,
     "when": "Some(conditions=(Like(column=''family'', least=0.88), Slip(column=''family'')), least=1)",
     "rarity": "",
     "common": false
    },
    {
     "words": "family names differ",
     "m": 0.09,
     "u": 0.9942,
     "kin": 0.14,
     "when": "None",
     "rarity": "",
     "common": false
    }
   ],
   "missing": "Some(conditions=(Missing(columns=(''family'',)), Crossed(one=''given'', other=''family'')), least=1)",
   "trained": true
  },
  {
   "name": "middle",
   "title": "Middle names",
   "needs": [
    "middle"
   ],
   "levels": [
    {
     "words": "same middle names",
     "m": 0.8,
     "u": 0.004275,
     "kin": 0.01,
     "when": "Same(column=''middle'')",
     "rarity": "middle",
     "common": false
    },
    {
     "words": "middle names near, or one begins the other",
     "m": 0.12,
     "u": 0.005628,
     "kin": 0.02,
     "when": "Some(conditions=(Like(column=''middle'', least=0.88), Begins(column=''middle'')), least=1)",
     "rarity": "",
     "common": false
    },
    {
     "words": "middle names differ",
     "m": 0.08,
     "u": 0.9904,
     "kin": 0.97,
     "when": "None",
     "rarity": "",
     "common": false
    }
   ],
   "missing": "Some(conditions=(Missing(columns=(''middle'',)), All(conditions=(Not(condition=Same(column=''given'')), Among(column=''given'', among=''words'')))), least=1)",
   "trained": true
  },
  {
   "name": "birth",
   "title": "Date of birth",
   "needs": [
    "year"
   ],
   "levels": [
    {
     "words": "both said to be born on the same 1 January",
     "m": 0.02,
     "u": 0.0001012,
     "kin": 0.001,
     "when": "All(conditions=(Same(column=''dob''), All(conditions=(Says(column=''month'', number=1), Says(column=''day'', number=1)))))",
     "rarity": "",
     "common": true
    },
    {
     "words": "same date of birth",
     "m": 0.84,
     "u": 0.0001997,
     "kin": 0.03,
     "when": "Same(column=''dob'')",
     "rarity": "dob",
     "common": true
    },
    {
     "words": "date of birth one digit out, or day and month swapped",
     "m": 0.08,
     "u": 0.001721,
     "kin": 0.003,
     "when": "Some(conditions=(All(conditions=(Some(conditions=(Same(column=''year''), Same(column=''month''), Same(column=''day'')), least=2), Slip(column=''dob''))), All(conditions=(Same(column=''year''), Crossed(one=''month'', other=''day'')))), least=1)",
     "rarity": "",
     "common": true
    },
    {
     "words": "two of day, month and year of birth the same",
     "m": 0.015,
     "u": 0.004227,
     "kin": 0.006,
     "when": "Some(conditions=(Same(column=''year''), Same(column=''month''), Same(column=''day'')), least=2)",
     "rarity": "",
     "common": true
    },
    {
     "words": "same year of birth",
     "m": 0.025,
     "u": 0.01744,
     "kin": 0.02,
     "when": "Same(column=''year'')",
     "rarity": "",
     "common": true
    },
    {
     "words": "born within a year of each other",
     "m": 0.005,
     "u": 0.03574,
     "kin": 0.09,
     "when": "Within(column=''year'', most=1)",
     "rarity": "",
     "common": true
    },
    {
     "words": "dates of birth differ",
     "m": 0.015,
     "u": 0.9408,
     "kin": 0.85,
     "when": "None",
     "rarity": "",
     "common": false
    }
   ],
   "missing": "Missing(columns=(''year'',))",
   "trained": true
  },
  {
   "name": "sex",
   "title": "Sex",
   "needs": [
    "sex"
   ],
   "levels": [
    {
     "words": "same sex",
     "m": 0.98,
     "u": 0.4999,
     "kin": 0.5,
     "when": "Same(column=''sex'')",
     "rarity": "",
     "common": true
    },
    {
     "words": "sex differs",
     "m": 0.02,
     "u": 0.5001,
     "kin": 0.5,
     "when": "None",
     "rarity": "",
     "common": false
    }
   ],
   "missing": "Missing(columns=(''sex'',))",
   "trained": true
  },
  {
   "name": "home",
   "title": "Address and postcode",
   "needs": [
    "postcode",
    "address"
   ],
   "levels": [
    {
     "words": "same address",
     "m": 0.3,
     "u": 0.0001255,
     "kin": 0.7,
     "when": "Same(column=''address'')",
     "rarity": "address",
     "common": false
    },
    {
     "words": "same postcode",
     "m": 0.17,
     "u": 0.0005019,
     "kin": 0.2,
     "when": "Same(column=''postcode'')",
     "rarity": "postcode",
     "common": false
    },
    {
     "words": "address or postcode nearly the same",
     "m": 0.08,
     "u": 0.009915,
     "kin": 0.05,
     "when": "Some(conditions=(Slip(column=''postcode''), Overlaps(column=''address_words'', share=0.6)), least=1)",
     "rarity": "",
     "common": false
    },
    {
     "words": "same postcode district",
     "m": 0.1,
     "u": 0.02296,
     "kin": 0.02,
     "when": "Same(column=''district'')",
     "rarity": "",
     "common": true
    },
    {
     "words": "address and postcode differ",
     "m": 0.35,
     "u": 0.9666,
     "kin": 0.03,
     "when": "None",
     "rarity": "",
     "common": false
    }
   ],
   "missing": "All(conditions=(Missing(columns=(''postcode'',)), Missing(columns=(''address'',))))",
   "trained": true
  },
  {
   "name": "town",
   "title": "Town",
   "needs": [
    "town"
   ],
   "levels": [
    {
     "words": "same town",
     "m": 0.7,
     "u": 0.06693,
     "kin": 0.9,
     "when": "Same(column=''town'')",
     "rarity": "town",
     "common": true
    },
    {
     "words": "town nearly the same",
     "m": 0.05,
     "u": 0.004,
     "kin": 0.02,
     "when": "Like(column=''town'', least=0.88)",
     "rarity": "",
     "common": true
    },
    {
     "words": "town differs",
     "m": 0.25000000000000006,
     "u": 0.9312,
     "kin": 0.07999999999999997,
     "when": "None",
     "rarity": "",
     "common": false
    }
   ],
   "missing": "Missing(columns=(''town'',))",
   "trained": true
  },
  {
   "name": "place",
   "title": "Place of birth",
   "needs": [
    "place"
   ],
   "levels": [
    {
     "words": "same place of birth",
     "m": 0.8,
     "u": 0.03109,
     "kin": 0.5,
     "when": "Same(column=''place'')",
     "rarity": "place",
     "common": false
    },
    {
     "words": "place of birth nearly the same",
     "m": 0.04,
     "u": 0.001771,
     "kin": 0.02,
     "when": "Like(column=''place'', least=0.88)",
     "rarity": "",
     "common": false
    },
    {
     "words": "place of birth differs",
     "m": 0.15999999999999995,
     "u": 0.9683,
     "kin": 0.48,
     "when": "None",
     "rarity": "",
     "common": false
    }
   ],
   "missing": "Missing(columns=(''place'',))",
   "trained": true
  },
  {
   "name": "country",
   "title": "Country",
   "needs": [
    "country"
   ],
   "levels": [
    {
     "words": "same country",
     "m": 0.94,
     "u": 0.5,
     "kin": 0.9,
     "when": "Same(column=''country'')",
     "rarity": "country",
     "common": true
    },
    {
     "words": "country nearly the same",
     "m": 0.01,
     "u": 0.01,
     "kin": 0.01,
     "when": "Like(column=''country'', least=0.88)",
     "rarity": "",
     "common": true
    },
    {
     "words": "country differs",
     "m": 0.05000000000000005,
     "u": 0.49,
     "kin": 0.08999999999999998,
     "when": "None",
     "rarity": "",
     "common": false
    }
   ],
   "missing": "Missing(columns=(''country'',))",
   "trained": true
  },
  {
   "name": "occupation",
   "title": "Occupation",
   "needs": [
    "occupation"
   ],
   "levels": [
    {
     "words": "same occupation",
     "m": 0.55,
     "u": 0.03,
     "kin": 0.1,
     "when": "Same(column=''occupation'')",
     "rarity": "occupation",
     "common": false
    },
    {
     "words": "occupation nearly the same",
     "m": 0.05,
     "u": 0.003,
     "kin": 0.01,
     "when": "Like(column=''occupation'', least=0.88)",
     "rarity": "",
     "common": false
    },
    {
     "words": "occupation differs",
     "m": 0.39999999999999997,
     "u": 0.967,
     "kin": 0.89,
     "when": "None",
     "rarity": "",
     "common": false
    }
   ],
   "missing": "Missing(columns=(''occupation'',))",
   "trained": true
  },
  {
   "name": "organisation",
   "title": "Organisation",
   "needs": [
    "organisation"
   ],
   "levels": [
    {
     "words": "same organisation",
     "m": 0.45,
     "u": 0.02,
     "kin": 0.2,
     "when": "Same(column=''organisation'')",
     "rarity": "organisation",
     "common": false
    },
    {
     "words": "organisation nearly the same",
     "m": 0.05,
     "u": 0.003,
     "kin": 0.01,
     "when": "Like(column=''organisation'', least=0.88)",
     "rarity": "",
     "common": false
    },
    {
     "words": "organisation differs",
     "m": 0.5,
     "u": 0.977,
     "kin": 0.79,
     "when": "None",
     "rarity": "",
     "common": false
    }
   ],
   "missing": "Missing(columns=(''organisation'',))",
   "trained": true
  },
  {
   "name": "phones",
   "title": "Telephone",
   "needs": [
    "phones"
   ],
   "levels": [
    {
     "words": "same telephone",
     "m": 0.45,
     "u": 0.0002,
     "kin": 0.15,
     "when": "Shares(column=''phones'')",
     "rarity": "",
     "common": false
    },
    {
     "words": "no telephone in common",
     "m": 0.55,
     "u": 0.9998,
     "kin": 0.85,
     "when": "None",
     "rarity": "",
     "common": false
    }
   ],
   "missing": "Missing(columns=(''phones'',))",
   "trained": false
  },
  {
   "name": "emails",
   "title": "E-mail address",
   "needs": [
    "emails"
   ],
   "levels": [
    {
     "words": "same e-mail address",
     "m": 0.6,
     "u": 2e-05,
     "kin": 0.01,
     "when": "Shares(column=''emails'')",
     "rarity": "",
     "common": false
    },
    {
     "words": "no e-mail address in common",
     "m": 0.4,
     "u": 0.99998,
     "kin": 0.99,
     "when": "None",
     "rarity": "",
     "common": false
    }
   ],
   "missing": "Missing(columns=(''emails'',))",
   "trained": false
  },
  {
   "name": "handles",
   "title": "User name",
   "needs": [
    "handles"
   ],
   "levels": [
    {
     "words": "same user name",
     "m": 0.55,
     "u": 2e-05,
     "kin": 0.005,
     "when": "Shares(column=''handles'')",
     "rarity": "",
     "common": false
    },
    {
     "words": "no user name in common",
     "m": 0.44999999999999996,
     "u": 0.99998,
     "kin": 0.995,
     "when": "None",
     "rarity": "",
     "common": false
    }
   ],
   "missing": "Missing(columns=(''handles'',))",
   "trained": false
  },
  {
   "name": "nhs_number",
   "title": "NHS number",
   "needs": [
    "nhs_number"
   ],
   "levels": [
    {
     "words": "same NHS number",
     "m": 0.985,
     "u": 1e-06,
     "kin": 0.0001,
     "when": "Same(column=''nhs_number'')",
     "rarity": "",
     "common": false
    },
    {
     "words": "NHS number differs",
     "m": 0.015000000000000013,
     "u": 0.999999,
     "kin": 0.9999,
     "when": "None",
     "rarity": "",
     "common": false
    }
   ],
   "missing": "Missing(columns=(''nhs_number'',))",
   "trained": false
  },
  {
   "name": "upn",
   "title": "unique pupil number",
   "needs": [
    "upn"
   ],
   "levels": [
    {
     "words": "same unique pupil number",
     "m": 0.97,
     "u": 1e-06,
     "kin": 0.0001,
     "when": "Same(column=''upn'')",
     "rarity": "",
     "common": false
    },
    {
     "words": "unique pupil number differs",
     "m": 0.030000000000000027,
     "u": 0.999999,
     "kin": 0.9999,
     "when": "None",
     "rarity": "",
     "common": false
    }
   ],
   "missing": "Missing(columns=(''upn'',))",
   "trained": false
  },
  {
   "name": "pnc_id",
   "title": "PNC id",
   "needs": [
    "pnc_id"
   ],
   "levels": [
    {
     "words": "same PNC id",
     "m": 0.95,
     "u": 1e-06,
     "kin": 0.0001,
     "when": "Same(column=''pnc_id'')",
     "rarity": "",
     "common": false
    },
    {
     "words": "PNC id differs",
     "m": 0.050000000000000044,
     "u": 0.999999,
     "kin": 0.9999,
     "when": "None",
     "rarity": "",
     "common": false
    }
   ],
   "missing": "Missing(columns=(''pnc_id'',))",
   "trained": false
  },
  {
   "name": "local_id",
   "title": "Local id",
   "needs": [
    "local_id"
   ],
   "levels": [
    {
     "words": "same local id, but another date of birth",
     "m": 1e-05,
     "u": 1e-05,
     "kin": 1e-05,
     "when": "All(conditions=(Same(column=''local_id''), All(conditions=(Not(condition=Missing(columns=(''year'',))), Not(condition=Same(column=''dob'')), Not(condition=Some(conditions=(All(conditions=(Some(conditions=(Same(column=''year''), Same(column=''month''), Same(column=''day'')), least=2), Slip(column=''dob''))), All(conditions=(Same(column=''year''), Crossed(one=''month'', other=''day'')))), least=1)), Some(conditions=(Not(condition=Same(column=''year'')), Not(condition=Missing(columns=(''dob'',)))), least=1)))))",
     "rarity": "",
     "common": false
    },
    {
     "words": "same local id",
     "m": 0.6,
     "u": 1e-05,
     "kin": 0.0001,
     "when": "Same(column=''local_id'')",
     "rarity": "",
     "common": false
    },
    {
     "words": "local id differs",
     "m": 0.4,
     "u": 0.99998,
     "kin": 0.99989,
     "when": "None",
     "rarity": "",
     "common": false
    }
   ],
   "missing": "Some(conditions=(Missing(columns=(''local_id'',)), Not(condition=Same(column=''source''))), least=1)",
   "trained": false
  }
 ],
 "prior": 0.0999908,
 "kin_prior": 0.05,
 "join": 2.5,
 "keep": 0.0,
 "set_mean": -3.0,
 "size_limit": 300,
 "raised": [
  2.5,
  5.0,
  7.5
 ],
 "standard_version": 2,
 "left_out": [],
 "join_from": "the lowest half bit from which links are right six times in seven, by the model''s own weights alone",
 "calibration": [
  0.0,
  1.0
 ],
 "parent": "",
 "frequencies": {
  "dob": {
   "records": 5,
   "unnamed": 1.4,
   "values": "",
   "counts": ""
  },
  "family": {
   "records": 5,
   "unnamed": 1.4,
   "values": "",
   "counts": ""
  },
  "given": {
   "records": 5,
   "unnamed": 1.4,
   "values": "",
   "counts": ""
  },
  "given+family": {
   "records": 4,
   "unnamed": 1.0,
   "values": "",
   "counts": ""
  },
  "given+family, expected": {
   "records": 4,
   "unnamed": 0.0,
   "values": "",
   "counts": ""
  }
 },
 "names": {
  "family": {
   "records": 24084,
   "unnamed": 5.62447,
   "values": "ahmed|akhtar|akhter|ali|allen|anderson|anwar|aziz|bailey|baker|barker|begum|bell|bibi|brown|burke|butt|campbell|chapman|chaudhry|chauhan|clark|clarke|collins|cook|cooper|davies|davis|dhillon|edwards|evans|ferguson|fletcher|fox|francis|gill|gordon|gray|green|gupta|hall|harris|harrison|hart|hassan|hayes|henry|hill|holmes|howard|hussain|hussein|ibrahim|iqbal|jackson|james|johnson|jones|joshi|kauser|kaye|kelly|kershaw|khalil|khan|khatun|king|lawson|lee|lewis|mahmood|malik|mason|miah|miles|miller|mills|mitchell|mohammed|moore|morgan|morris|murphy|nguyen|nowak|palmer|parker|parmar|patel|pearce|porter|powell|qureshi|raja|reid|reynolds|richardson|roberts|robinson|ryan|sandhu|sattar|scott|shafiq|shah|sharma|shaw|sheikh|shepherd|simpson|singh|smith|solanki|stewart|taylor|thomas|thompson|thornton|turner|walker|wang|ward|watson|webb|white|wilkinson|williams|wilson|wood|wright|yates|young",
   "counts": "108|80|28|130|36|27|21|28|28|35|29|93|21|67|122|24|22|35|30|36|23|35|50|31|22|43|76|20|30|27|49|23|21|24|23|49|36|20|43|38|52|68|24|22|24|36|23|42|26|23|87|22|31|47|34|25|111|184|22|31|23|32|20|22|149|26|29|23|27|49|44|58|28|22|20|27|20|27|32|46|38|34|24|21|24|25|25|27|62|27|34|20|24|23|24|22|22|32|76|35|20|23|24|23|88|38|28|27|22|31|26|212|27|20|109|28|64|20|33|56|20|27|27|22|34|26|132|67|28|69|24|38"
  },
  "given": {
   "records": 24286,
   "unnamed": 6.94086,
   "values": "aaron|abdul|abigail|adam|adrian|aidan|aisha|albie|alexander|alexandra|alfie|ali|alice|alison|amanda|amandeep|amber|amelia|amna|amy|andrew|angela|anna|annabelle|anthony|archie|arthur|ashley|ashton|aurora|ava|ayesha|barbara|barry|beatrice|benjamin|bethany|blake|bobby|brandon|brett|brooke|caitlin|caleb|callum|cameron|carl|carly|caroline|catherine|charlie|charlotte|cheryl|chloe|christopher|claire|corey|courtney|craig|daisy|damian|daniel|danielle|darcey|darren|david|dawn|dean|debra|dominic|donna|dylan|edward|eleanor|eliza|elizabeth|ella|ellie|elliot|ellis|elsie|emily|emma|erin|esme|ethan|eva|evie|ezra|faith|farah|fatima|felix|finley|florence|frankie|freddie|freya|gareth|gary|gavin|gemma|george|georgia|glen|grace|graham|gurpreet|hamza|hannah|harper|harriet|harrison|harry|harvey|hayley|heidi|helen|henry|holly|hugo|hunter|ian|ibrahim|imogen|imran|isaac|isabella|isla|ivy|jack|jacob|jacqueline|jake|james|jamie|jane|jasmine|jason|jasper|jaspreet|jayden|jenna|jennifer|jenson|jessica|joanna|joanne|jodie|joel|john|jonathan|joseph|joshua|jude|julia|julian|julie|justin|kai|karen|karl|katherine|katie|kayla|kelly|kerry|kevin|khalid|kieran|kirsty|kristian|lacey|laura|lauren|layla|leah|leanne|lee|leo|leon|lewis|lexi|liam|libby|lilly|lily|lindsay|lisa|logan|lola|lorraine|louis|louise|lucas|lucy|luke|lyndsey|maisie|manpreet|marcus|margaret|maria|marie|mark|martha|martin|mary|maryam|mason|matilda|matthew|max|maya|md|megan|mehwish|melanie|mia|michael|michelle|millie|mohammed|mollie|molly|nadia|nancy|naomi|natalie|natasha|nathan|neil|niamh|nicholas|nicola|noah|noreen|oliver|olivia|ollie|orla|oscar|owen|paige|paul|peter|philip|phoebe|poppy|rachel|rebecca|reggie|reuben|rhys|richard|riley|robert|robyn|roman|ronnie|rosie|ross|rubina|ruby|russell|ryan|sadia|saima|samantha|samina|samuel|sanjay|sara|sarah|scarlett|scott|sebastian|sharon|shaun|sienna|simon|skye|sophia|sophie|spencer|stacey|stanley|stephanie|stephen|steven|stewart|stuart|summer|suzanne|syed|tanya|teddy|thea|theo|thomas|tia|tilly|timothy|tina|toby|tommy|tracey|tyler|vicky|victoria|violet|warren|wayne|william|willow|zachary|zain|zara|zoe",
   "counts": "26|31|57|115|31|31|28|20|96|26|113|53|69|38|23|20|34|129|26|86|79|35|48|20|80|71|38|24|21|28|93|41|28|53|27|100|25|25|25|20|20|31|25|27|25|25|50|31|41|39|109|107|28|86|160|106|21|28|54|60|26|192|34|25|28|176|25|40|32|34|32|31|60|25|23|35|60|38|35|26|26|109|106|41|27|72|37|73|25|27|22|47|24|26|33|31|34|55|28|56|26|73|92|34|23|109|34|24|20|80|29|30|45|132|24|39|37|43|44|62|24|25|52|26|41|33|58|52|74|20|150|99|20|62|240|35|22|25|37|28|20|33|31|62|23|126|29|72|37|22|99|58|72|103|24|33|23|30|35|21|52|32|62|72|25|58|53|58|20|41|29|29|21|112|37|42|24|39|74|56|30|30|39|53|20|58|106|29|94|55|35|21|32|53|59|89|62|20|40|21|29|26|64|30|76|25|55|21|21|45|53|116|68|33|31|48|23|28|67|143|52|36|314|27|25|27|23|25|60|51|43|29|39|48|62|76|25|148|152|32|33|80|35|20|90|65|28|47|65|83|105|29|22|36|87|51|93|25|20|29|84|26|20|110|39|33|25|33|55|25|99|22|26|115|55|27|49|24|31|42|49|30|63|150|23|34|30|39|72|52|21|32|41|27|23|20|20|30|33|198|26|26|26|35|32|31|30|37|41|77|21|29|33|84|29|22|24|41|48"
  },
  "given+family": {
   "records": 23988,
   "unnamed": 1.15383,
   "values": "",
   "counts": ""
  },
  "given+family, expected": {
   "records": 23988,
   "unnamed": 0.0,
   "values": "abdul+ahmed|abdul+akhtar|abdul+ali|abdul+begum|abdul+bibi|abdul+hussain|abdul+khan|abdul+malik|aisha+ahmed|aisha+akhtar|aisha+ali|aisha+begum|aisha+hussain|aisha+khan|aisha+shah|ali+ahmed|ali+akhtar|ali+ali|ali+begum|ali+bibi|ali+chaudhry|ali+hussain|ali+iqbal|ali+khan|ali+mahmood|ali+malik|ali+mohammed|ali+shah|amandeep+dhillon|amandeep+gill|amandeep+sandhu|amandeep+singh|amna+ahmed|amna+akhtar|amna+ali|amna+begum|amna+bibi|amna+hussain|amna+khan|amna+malik|amna+shah|ayesha+ahmed|ayesha+akhtar|ayesha+akhter|ayesha+ali|ayesha+aziz|ayesha+begum|ayesha+bibi|ayesha+hussain|ayesha+iqbal|ayesha+kauser|ayesha+khan|ayesha+mahmood|ayesha+malik|ayesha+qureshi|ayesha+shah|farah+ahmed|farah+akhtar|farah+ali|farah+begum|farah+bibi|farah+hussain|farah+khan|farah+shah|fatima+ahmed|fatima+akhtar|fatima+ali|fatima+aziz|fatima+begum|fatima+bibi|fatima+chaudhry|fatima+hussain|fatima+iqbal|fatima+kauser|fatima+khan|fatima+mahmood|fatima+malik|fatima+mohammed|fatima+raja|fatima+shah|gurpreet+dhillon|gurpreet+sandhu|gurpreet+singh|hamza+ahmed|hamza+akhtar|hamza+ali|hamza+begum|hamza+bibi|hamza+hussain|hamza+khan|hamza+shah|ibrahim+ahmed|ibrahim+ali|ibrahim+hussain|ibrahim+khan|imran+ahmed|imran+akhtar|imran+ali|imran+begum|imran+bibi|imran+hussain|imran+iqbal|imran+khan|imran+mahmood|imran+malik|imran+shah|jaspreet+dhillon|jaspreet+gill|jaspreet+singh|khalid+ahmed|khalid+akhtar|khalid+ali|khalid+hussain|khalid+khan|layla+jones|manpreet+dhillon|manpreet+sandhu|maryam+ahmed|maryam+akhtar|maryam+ali|maryam+begum|maryam+bibi|maryam+hussain|maryam+khan|md+ahmed|md+ali|md+begum|md+hussain|md+khan|mehwish+ahmed|mehwish+akhtar|mehwish+ali|mehwish+begum|mehwish+bibi|mehwish+hussain|mehwish+khan|mehwish+malik|mehwish+shah|mohammed+ahmed|mohammed+akhtar|mohammed+akhter|mohammed+ali|mohammed+anwar|mohammed+aziz|mohammed+begum|mohammed+bibi|mohammed+butt|mohammed+chaudhry|mohammed+hassan|mohammed+hussain|mohammed+hussein|mohammed+ibrahim|mohammed+iqbal|mohammed+kauser|mohammed+khalil|mohammed+khan|mohammed+khatun|mohammed+mahmood|mohammed+malik|mohammed+miah|mohammed+mohammed|mohammed+qureshi|mohammed+raja|mohammed+sattar|mohammed+shafiq|mohammed+shah|mohammed+sheikh|nadia+ahmed|nadia+akhtar|nadia+ali|nadia+begum|nadia+bibi|nadia+hussain|nadia+khan|nadia+malik|nadia+shah|noreen+ahmed|noreen+akhtar|noreen+ali|noreen+begum|noreen+bibi|noreen+hussain|noreen+khan|noreen+malik|noreen+shah|rubina+ahmed|rubina+akhtar|rubina+ali|rubina+begum|rubina+bibi|rubina+hussain|rubina+khan|rubina+shah|sadia+ahmed|sadia+akhtar|sadia+ali|sadia+begum|sadia+bibi|sadia+hussain|sadia+iqbal|sadia+khan|sadia+malik|sadia+shah|saima+ahmed|saima+akhtar|saima+ali|saima+aziz|saima+begum|saima+bibi|saima+chaudhry|saima+hussain|saima+iqbal|saima+kauser|saima+khan|saima+mahmood|saima+malik|saima+mohammed|saima+shah|samina+ahmed|samina+akhtar|samina+ali|samina+begum|samina+bibi|samina+hussain|samina+khan|samina+mahmood|samina+malik|samina+shah|suzanne+smith|syed+ahmed|syed+akhtar|syed+ali|syed+begum|syed+bibi|syed+hussain|syed+khan|syed+malik|syed+shah|zain+ahmed|zain+akhtar|zain+ali|zain+begum|zain+bibi|zain+hussain|zain+khan|zain+mahmood|zain+malik|zain+shah|zara+ali|zara+hussain|zara+khan",
   "counts": "1|1|1|1|1|1|1|1|1|1|1|1|1|1|1|1|1|2|1|1|1|1|1|2|1|1|1|1|1|1|1|1|1|1|1|1|1|1|1|1|1|1|1|1|2|1|1|1|2|1|1|2|1|1|1|1|1|1|1|1|1|1|1|1|2|2|2|1|2|1|1|2|1|1|2|1|1|1|1|1|1|1|1|1|1|1|1|1|1|1|1|1|1|1|1|1|1|1|1|1|1|1|2|1|1|1|2|1|1|1|1|1|1|1|1|1|1|1|1|1|1|1|1|1|1|1|1|1|1|1|1|1|1|1|1|1|1|1|8|10|3|13|1|4|9|9|3|3|1|10|2|1|4|4|1|16|2|6|7|2|4|4|3|2|3|6|3|1|1|1|1|1|1|1|1|1|1|1|1|1|1|1|1|1|1|1|1|1|1|1|1|1|1|1|1|1|1|1|1|1|1|1|1|1|1|2|1|1|1|1|1|1|1|2|1|1|1|1|1|1|1|1|1|1|2|1|1|1|1|1|1|1|1|1|1|1|1|1|1|1|1|1|1|1|2|1|1|1|1|1|1"
  },
  "middle": {
   "records": 6493,
   "unnamed": 7.2395,
   "values": "abigail|adam|alexander|alfie|amelia|amy|andrew|archie|benjamin|charlie|charlotte|chloe|christopher|claire|craig|daniel|david|emily|emma|gemma|george|grace|hannah|harry|hayley|jack|jacob|james|jennifer|jessica|john|joseph|joshua|katherine|kaur|kelly|laura|lily|lisa|louise|lucy|matthew|mia|michael|michelle|noah|oliver|olivia|oscar|paul|peter|rachel|rebecca|richard|robert|ruby|samuel|sarah|simon|singh|sophie|stephen|thomas|victoria",
   "counts": "21|31|26|34|29|20|37|23|28|23|27|32|50|41|21|58|44|26|42|34|26|28|27|31|22|36|24|68|23|33|43|22|28|26|72|25|26|27|25|23|21|36|21|36|20|21|31|35|23|24|23|27|43|33|24|28|25|48|23|87|33|25|53|20"
  }
 },
 "unseen": {
  "Town: town nearly the same": "The region''s agencies choose towns from a list. Where people type them one in twenty is misspelt, and few towns of one county are spelt alike.",
  "Country: same country": "No agency of the region records it. The figures are orders of size, and a file that has the column and is large enough trains its own.",
  "Country: country nearly the same": "No agency of the region records it. The figures are orders of size, and a file that has the column and is large enough trains its own.",
  "Country: country differs": "No agency of the region records it. The figures are orders of size, and a file that has the column and is large enough trains its own.",
  "Occupation: same occupation": "No agency of the region records it. The figures are orders of size, and a file that has the column and is large enough trains its own.",
  "Occupation: occupation nearly the same": "No agency of the region records it. The figures are orders of size, and a file that has the column and is large enough trains its own.",
  "Occupation: occupation differs": "No agency of the region records it. The figures are orders of size, and a file that has the column and is large enough trains its own.",
  "Organisation: same organisation": "No agency of the region records it. The figures are orders of size, and a file that has the column and is large enough trains its own.",
  "Organisation: organisation nearly the same": "No agency of the region records it. The figures are orders of size, and a file that has the column and is large enough trains its own.",
  "Organisation: organisation differs": "No agency of the region records it. The figures are orders of size, and a file that has the column and is large enough trains its own."
 },
 "constraints": [
  {
   "name": "nhs_number",
   "words": "each has another NHS number",
   "bits": null,
   "when": "All(conditions=(Not(condition=Missing(columns=(''nhs_number'',))), Not(condition=Same(column=''nhs_number''))))",
   "at": []
  },
  {
   "name": "upn",
   "words": "each has another unique pupil number",
   "bits": null,
   "when": "All(conditions=(Not(condition=Missing(columns=(''upn'',))), Not(condition=Same(column=''upn''))))",
   "at": []
  },
  {
   "name": "pnc_id",
   "words": "each has another PNC id",
   "bits": null,
   "when": "All(conditions=(Not(condition=Missing(columns=(''pnc_id'',))), Not(condition=Same(column=''pnc_id''))))",
   "at": []
  },
  {
   "name": "one_source",
   "words": "both in one source that lists nobody twice",
   "bits": null,
   "when": "Same(column=''source'')",
   "at": []
  },
  {
   "name": "births",
   "words": "two dates of birth that no slip explains",
   "bits": -1.0,
   "when": "All(conditions=(All(conditions=(Not(condition=Missing(columns=(''dob'',))), Not(condition=Same(column=''dob'')))), Not(condition=Some(conditions=(All(conditions=(Some(conditions=(Same(column=''year''), Same(column=''month''), Same(column=''day'')), least=2), Slip(column=''dob''))), All(conditions=(Same(column=''year''), Crossed(one=''month'', other=''day'')))), least=1)), Not(condition=Some(conditions=(Same(column=''year''), Same(column=''month''), Same(column=''day'')), least=2)), Within(column=''year'', most=1)))",
   "at": [
    [
     "birth",
     [
      "same year of birth",
      "born within a year of each other"
     ]
    ]
   ]
  },
  {
   "name": "generation",
   "words": "one full name, and births more than 14 years apart",
   "bits": -5.0,
   "when": "All(conditions=(Some(conditions=(Same(column=''given''), Same(column=''given_root'')), least=1), Some(conditions=(Same(column=''family''), Same(column=''family_root'')), least=1), Not(condition=Missing(columns=(''year'',))), Not(condition=Within(column=''year'', most=14)), Not(condition=All(conditions=(Same(column=''month''), Same(column=''day''))))))",
   "at": [
    [
     "birth",
     [
      "dates of birth differ"
     ]
    ],
    [
     "given",
     [
      "same given name",
      "given names of one root"
     ]
    ],
    [
     "family",
     [
      "same family name",
      "family names of one root"
     ]
    ]
   ]
  },
  {
   "name": "other_sex",
   "words": "different sex, and all else that a household shares",
   "bits": -1.0,
   "when": "All(conditions=(All(conditions=(Not(condition=Missing(columns=(''sex'',))), Not(condition=Same(column=''sex'')))), Some(conditions=(Same(column=''family''), Same(column=''family_root'')), least=1), Some(conditions=(Same(column=''address''), Same(column=''postcode'')), least=1), Not(condition=Some(conditions=(Same(column=''given''), Same(column=''given_root'')), least=1))))",
   "at": [
    [
     "sex",
     [
      "sex differs"
     ]
    ],
    [
     "family",
     [
      "same family name",
      "family names of one root"
     ]
    ],
    [
     "home",
     [
      "same address",
      "same postcode"
     ]
    ]
   ]
  },
  {
   "name": "one_event",
   "words": "present at one event, as two people",
   "bits": -6.0,
   "when": "None",
   "at": []
  },
  {
   "name": "related",
   "words": "related to each other",
   "bits": null,
   "when": "None",
   "at": []
  }
 ]
}','the shipped release: training needs 2,000 records and here are 6');
CREATE TABLE thing (
    number integer primary key,
    kind text not null check (kind in ('location', 'telephone', 'vehicle', 'account')),
    source text not null,
    record_id text not null,
    record_kind text not null,
    field text not null,
    value text not null,
    entity text not null,
    how text not null check (how in ('exact', 'near', 'alone')),
    reason text not null
) strict;
CREATE TABLE withdrawal (
    number integer primary key,
    delivery integer not null references delivery (number),
    kind text not null,
    source text not null,
    record_id text not null,
    state text not null default 'waiting' check (state in ('waiting', 'withdrawn', 'kept', 'there again')),
    who text,
    "when" text,
    why text,
    was text,
    again integer
) strict;
CREATE TRIGGER decision_stays before update on decision begin select raise(abort, 'a decision is never changed'); end;
CREATE TRIGGER decision_is_kept before delete on decision begin select raise(abort, 'a decision is kept'); end;
CREATE UNIQUE INDEX member_key on member (source, record_id);
CREATE INDEX member_entity on member (entity);
CREATE UNIQUE INDEX member_id on member (permanent_id);
CREATE INDEX moved_from on moved (change, was) where was is not null;
CREATE INDEX moved_to on moved (change, became);
CREATE INDEX thing_entity on thing (kind, entity);
CREATE INDEX quarantine_state on quarantine (state, kind);
COMMIT;
