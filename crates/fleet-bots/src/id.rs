//! Ids as types of their own, so that a bot's id cannot stand where a node's is meant. Every id is a UUID v7: ids made
//! later sort later, which keeps indexes compact; the order of commits is told by `seq` alone.

use std::fmt;
use std::str::FromStr;

use sea_orm::{DbErr, DeriveValueType, TryFromU64};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, DeriveValueType,
        )]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// A new id, later than every id made before it by this process.
            #[must_use]
            pub fn generate() -> Self {
                Self(Uuid::now_v7())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::from_str(text).map(Self)
            }
        }

        // SeaORM asks this of every primary key; an id of ours is never a number.
        impl TryFromU64 for $name {
            fn try_from_u64(_: u64) -> Result<Self, DbErr> {
                Err(DbErr::ConvertFromU64(stringify!($name)))
            }
        }
    };
}

id!(
    /// A bot's id; the gallery knows it as `agentId`.
    BotId
);
id!(
    /// The id of one run of one process that holds bots.
    NodeId
);
id!(
    /// The id of one who may give orders.
    OperatorId
);
id!(
    /// The id of one sign-in; it opens nothing by itself.
    SessionId
);
id!(
    /// The id of a row of the ledger.
    ActionId
);
id!(
    /// The id of one call that costs money.
    SpendId
);
id!(
    /// The id of what was asked and answered when a bot decided.
    DecisionId
);
