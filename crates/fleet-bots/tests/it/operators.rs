//! Who may give orders: being made known, signing in, lasting, and ending; and the first one, who comes in by a link.

use std::time::Duration;

use fleet_bots::{
    ActivityKind, Asked, Bots, Error, NewOperator, Password, PasswordChange, Session, SignedIn, Token,
};
use sea_orm::ConnectionTrait;

use crate::fixtures::*;
use crate::store::TestStore;

store_tests![
    an_operator_signs_in_with_any_spelling_of_its_name,
    a_name_is_taken_however_it_is_written,
    every_broken_rule_of_an_operator_is_told,
    a_wrong_password_and_a_stranger_get_the_same_answer,
    a_sign_in_lasts_while_it_is_used_and_not_for_ever,
    a_sign_in_that_ended_opens_nothing,
    signing_out_everywhere_ends_every_sign_in_of_that_operator,
    another_password_ends_the_other_sign_ins,
    the_last_operator_stays,
    two_who_remove_each_other_leave_one,
    the_first_operator_comes_in_by_the_link_once,
    a_link_is_void_when_it_is_old_or_there_is_a_newer_one_or_an_operator,
    the_store_and_the_log_hold_no_secret,
];

const PASSWORD: &str = "a horse and a staple";
const OTHER: &str = "three blue tugboats";

fn new_operator(name: &str) -> NewOperator {
    NewOperator { name: name.into(), password: Password::new(PASSWORD) }
}

async fn sign_in(bots: &Bots, name: &str) -> SignedIn {
    bots.sign_in(name, &Password::new(PASSWORD), at(5)).await.unwrap().expect("the password is right")
}

async fn an_operator_signs_in_with_any_spelling_of_its_name(store: &TestStore) {
    let bots = &store.bots;
    let made = bots.add_operator(new_operator(" Ada "), &asked()).await.unwrap();
    assert_eq!(made.name, "Ada");
    let SignedIn { token, session } = sign_in(bots, "aDA").await;
    assert_eq!((session.operator.as_str(), session.operator_id), ("Ada", made.id));

    let found = bots.find_session(&token).await.unwrap().unwrap();
    assert_eq!((found.id, found.operator, found.created_at), (session.id, "Ada".into(), session.created_at));
    assert!(found.read_at >= session.created_at);
    assert_eq!(bots.find_session(&Token::read(&"0".repeat(64)).unwrap()).await.unwrap(), None);

    let operators = bots.list_operators().await.unwrap();
    assert_eq!(
        (operators.len(), &operators[0].operator, operators[0].sessions, operators[0].last_seen_at),
        (1, &made, 1, Some(session.last_seen_at))
    );
    let added = told(bots, ActivityKind::OperatorAdded).await.remove(0);
    assert_eq!((added.message.as_str(), added.at), ("Ada may give orders from now on", at(0)));
    assert_eq!(added.metadata.unwrap()["by"], "ada");
    let signed_in = told(bots, ActivityKind::SignedIn).await.remove(0);
    assert_eq!((signed_in.message.as_str(), signed_in.at), ("Ada signed in", at(5)));
}

async fn a_name_is_taken_however_it_is_written(store: &TestStore) {
    store.bots.add_operator(new_operator("Ada"), &asked()).await.unwrap();
    let taken = store.bots.add_operator(new_operator("ada"), &asked()).await.unwrap_err();
    assert!(matches!(taken, Error::Conflict(_)), "{taken:?}");
    assert_eq!(taken.to_string(), "there is an operator `ada` already; choose another name");
    assert_eq!(store.bots.list_operators().await.unwrap().len(), 1);
}

async fn every_broken_rule_of_an_operator_is_told(store: &TestStore) {
    let broken = NewOperator { name: "ada lovelace".into(), password: Password::new("short") };
    let refused = store.bots.add_operator(broken, &asked()).await.unwrap_err();
    insta::assert_snapshot!(refused, @"`name` must be 2 to 60 characters of a-z, A-Z, 0-9 and . _ - @: try a first name, or an address such as `ada@example.org`; `password` must have 12 to 200 characters, it has 5: a few words in a row are easy to keep and hard to guess");
    assert!(store.bots.list_operators().await.unwrap().is_empty());
    assert!(whole_log(&store.bots).await.is_empty());
}

async fn a_wrong_password_and_a_stranger_get_the_same_answer(store: &TestStore) {
    store.bots.add_operator(new_operator("ada"), &asked()).await.unwrap();
    let long = "a".repeat(100_000);
    for (name, password) in [("ada", OTHER), ("ada", ""), ("ada", &long), ("bo", PASSWORD), ("a\0", PASSWORD)]
    {
        let answer = store.bots.sign_in(name, &Password::new(password), at(1)).await.unwrap();
        assert_eq!(answer, None, "{name}");
    }
    assert!(told(&store.bots, ActivityKind::SignedIn).await.is_empty());
}

/// Makes the sign-in so much older.
async fn age(store: &TestStore, session: &Session, by: Duration) {
    let micros = by.as_micros();
    let older = format!(
        "UPDATE sessions SET created_at = created_at - {micros}, last_seen_at = last_seen_at - {micros}, \
         expires_at = expires_at - {micros}"
    );
    store.past_the_gateway().await.execute_unprepared(&older).await.unwrap();
    assert!(by > Duration::ZERO, "{session:?} is to become older");
}

async fn a_sign_in_lasts_while_it_is_used_and_not_for_ever(store: &TestStore) {
    const HOUR: Duration = Duration::from_secs(3_600);
    let bots = &store.bots;
    bots.add_operator(new_operator("ada"), &asked()).await.unwrap();
    let SignedIn { token, session } = sign_in(bots, "ada").await;
    assert_eq!(session.lasts(), 12 * HOUR);

    age(store, &session, 11 * HOUR).await;
    let found = bots.find_session(&token).await.unwrap().unwrap();
    assert!(found.idle() >= 11 * HOUR && found.lasts() <= HOUR, "{found:?}");
    bots.renew_session(&found).await.unwrap();
    let renewed = bots.find_session(&token).await.unwrap().unwrap();
    assert!(renewed.idle() < HOUR && renewed.lasts() > 11 * HOUR, "{renewed:?}");

    // Used every eleven hours, it would last for ever.
    for _ in 0..64 {
        age(store, &session, 11 * HOUR).await;
        if let Some(found) = bots.find_session(&token).await.unwrap() {
            bots.renew_session(&found).await.unwrap();
        }
    }
    let used = bots.find_session(&token).await.unwrap().unwrap();
    assert!(used.lasts() < 6 * HOUR, "thirty days are nearly over: {used:?}");
    age(store, &session, 6 * HOUR).await;
    assert_eq!(bots.find_session(&token).await.unwrap(), None);
    bots.renew_session(&used).await.unwrap();
    assert_eq!(bots.find_session(&token).await.unwrap(), None, "what is over stays over");
    assert!(bots.list_sessions(session.operator_id).await.unwrap().is_empty());
    assert_eq!(bots.list_operators().await.unwrap()[0].sessions, 0);

    let again = sign_in(bots, "ada").await;
    assert_eq!(bots.sign_out_everywhere("ada", &asked()).await.unwrap(), 1, "the old one was cleared away");
    assert_eq!(bots.find_session(&again.token).await.unwrap(), None);
}

async fn a_sign_in_that_ended_opens_nothing(store: &TestStore) {
    let bots = &store.bots;
    bots.add_operator(new_operator("ada"), &asked()).await.unwrap();
    let (here, there) = (sign_in(bots, "ada").await, sign_in(bots, "ada").await);
    assert!(bots.sign_out(&here.session, &asked()).await.unwrap());
    assert!(!bots.sign_out(&here.session, &asked()).await.unwrap());
    assert_eq!(bots.find_session(&here.token).await.unwrap(), None);
    bots.renew_session(&here.session).await.unwrap();
    assert_eq!(bots.find_session(&here.token).await.unwrap(), None);
    let left = bots.list_sessions(here.session.operator_id).await.unwrap();
    assert_eq!(left.iter().map(|session| session.id).collect::<Vec<_>>(), [there.session.id]);
    assert_eq!(told(bots, ActivityKind::SignedOut).await.len(), 1);
}

async fn signing_out_everywhere_ends_every_sign_in_of_that_operator(store: &TestStore) {
    let bots = &store.bots;
    for name in ["ada", "bo"] {
        bots.add_operator(new_operator(name), &asked()).await.unwrap();
    }
    let (one, other, bo) =
        (sign_in(bots, "ada").await, sign_in(bots, "ada").await, sign_in(bots, "bo").await);
    assert_eq!(bots.sign_out_everywhere("ADA", &asked()).await.unwrap(), 2);
    for gone in [&one, &other] {
        assert_eq!(bots.find_session(&gone.token).await.unwrap(), None);
    }
    assert!(bots.find_session(&bo.token).await.unwrap().is_some());
    assert_eq!(bots.sign_out_everywhere("ada", &asked()).await.unwrap(), 0);
    assert_eq!(told(bots, ActivityKind::SignedOut).await[0].message, "ada was signed out everywhere");
    let nobody = bots.sign_out_everywhere("eve", &asked()).await.unwrap_err();
    assert_eq!(nobody.to_string(), "operator `eve` does not exist");
}

async fn another_password_ends_the_other_sign_ins(store: &TestStore) {
    let bots = &store.bots;
    bots.add_operator(new_operator("ada"), &asked()).await.unwrap();
    let (here, there) = (sign_in(bots, "ada").await, sign_in(bots, "ada").await);
    let change = |current: &str, new: &str| PasswordChange {
        current: Some(Password::new(current)),
        new: Password::new(new),
        keep: Some(here.session.id),
    };
    let Error::Invalid(problems) =
        bots.change_password("ada", change(OTHER, "short"), &asked()).await.unwrap_err()
    else {
        panic!("both break a rule");
    };
    assert!(problems.of("current").is_some() && problems.of("password").is_some(), "{problems}");
    assert!(bots.find_session(&there.token).await.unwrap().is_some(), "nothing was changed");

    bots.change_password("ada", change(PASSWORD, OTHER), &asked()).await.unwrap();
    assert!(bots.find_session(&here.token).await.unwrap().is_some());
    assert_eq!(bots.find_session(&there.token).await.unwrap(), None);
    assert_eq!(bots.sign_in("ada", &Password::new(PASSWORD), at(1)).await.unwrap(), None);
    assert!(bots.sign_in("ada", &Password::new(OTHER), at(1)).await.unwrap().is_some());
    assert_eq!(told(bots, ActivityKind::PasswordChanged).await.len(), 1);

    let from_a_shell = PasswordChange { new: Password::new(PASSWORD), ..PasswordChange::default() };
    bots.change_password("Ada", from_a_shell.clone(), &asked()).await.unwrap();
    assert_eq!(bots.find_session(&here.token).await.unwrap(), None, "none was to be kept");
    let nobody = bots.change_password("eve", from_a_shell, &asked()).await.unwrap_err();
    assert!(matches!(nobody, Error::NotFound(_)), "{nobody:?}");
}

async fn the_last_operator_stays(store: &TestStore) {
    let bots = &store.bots;
    bots.add_operator(new_operator("ada"), &asked()).await.unwrap();
    let refused = bots.remove_operator("ada", &asked()).await.unwrap_err();
    assert_eq!(
        refused.to_string(),
        "`ada` is the only operator; add another first with `fleet operators add NAME`"
    );
    bots.add_operator(new_operator("bo"), &asked()).await.unwrap();
    let bo = sign_in(bots, "bo").await;
    let nobody = bots.remove_operator("eve", &asked()).await.unwrap_err();
    assert!(matches!(nobody, Error::NotFound(_)), "{nobody:?}");
    assert_eq!(bots.remove_operator("Bo", &asked()).await.unwrap().name, "bo");
    assert_eq!(bots.find_session(&bo.token).await.unwrap(), None);
    assert_eq!(bots.sign_in("bo", &Password::new(PASSWORD), at(1)).await.unwrap(), None);
    assert_eq!(told(bots, ActivityKind::OperatorRemoved).await[0].message, "bo may give no more orders");
}

async fn two_who_remove_each_other_leave_one(store: &TestStore) {
    let bots = &store.bots;
    for round in 0..5 {
        let (one, other) = (format!("one{round}"), format!("other{round}"));
        bots.add_operator(new_operator(&one), &asked()).await.unwrap();
        if round == 0 {
            bots.add_operator(new_operator(&other), &asked()).await.unwrap();
        }
        let names: Vec<_> =
            bots.list_operators().await.unwrap().into_iter().map(|view| view.operator.name).collect();
        let by = asked();
        let (first, second) =
            tokio::join!(bots.remove_operator(&names[0], &by), bots.remove_operator(&names[1], &by));
        assert_ne!(first.is_ok(), second.is_ok(), "{first:?} {second:?}");
        assert_eq!(bots.list_operators().await.unwrap().len(), 1);
    }
}

async fn the_first_operator_comes_in_by_the_link_once(store: &TestStore) {
    let bots = &store.bots;
    let link = bots.invite_operator().await.unwrap().expect("there is no operator yet");
    assert!(bots.invitation_stands(&link).await.unwrap());
    let weak = NewOperator { password: Password::new("short"), ..new_operator("ada") };
    assert!(matches!(bots.accept_invitation(&link, weak, at(1)).await.unwrap_err(), Error::Invalid(_)));

    // Two browsers at once: one of them comes in.
    let (ada, bo) = (new_operator("ada"), new_operator("bo"));
    let (one, other) =
        tokio::join!(bots.accept_invitation(&link, ada, at(1)), bots.accept_invitation(&link, bo, at(1)));
    let (came_in, stayed_out) = if one.is_ok() { (one, other) } else { (other, one) };
    assert!(matches!(stayed_out.unwrap_err(), Error::Conflict(_)));
    let SignedIn { token, session } = came_in.unwrap();
    assert_eq!(bots.find_session(&token).await.unwrap().unwrap().id, session.id);
    assert_eq!(bots.list_operators().await.unwrap().len(), 1);

    assert!(!bots.invitation_stands(&link).await.unwrap());
    let again = bots.accept_invitation(&link, new_operator("eve"), at(2)).await.unwrap_err();
    assert_eq!(
        again.to_string(),
        "this link was used already, or is older than an hour; start `fleet serve` again for a new one"
    );
    assert_eq!(bots.invite_operator().await.unwrap(), None);
    let log: Vec<_> = whole_log(bots).await.into_iter().map(|line| line.kind).collect();
    assert_eq!(log, [ActivityKind::OperatorAdded, ActivityKind::SignedIn]);
}

async fn a_link_is_void_when_it_is_old_or_there_is_a_newer_one_or_an_operator(store: &TestStore) {
    let bots = &store.bots;
    let old = bots.invite_operator().await.unwrap().unwrap();
    let link = bots.invite_operator().await.unwrap().unwrap();
    assert!(!bots.invitation_stands(&old).await.unwrap());
    assert!(bots.accept_invitation(&old, new_operator("eve"), at(1)).await.is_err());
    assert!(bots.invitation_stands(&link).await.unwrap(), "a wrong link does not use up the right one");

    let over = format!(
        "UPDATE settings SET value = '{{\"token_hash\": \"{}\", \"expires_at\": 1}}' WHERE key = 'invitation'",
        link.hash()
    );
    store.past_the_gateway().await.execute_unprepared(&over).await.unwrap();
    assert!(!bots.invitation_stands(&link).await.unwrap());
    assert!(bots.accept_invitation(&link, new_operator("eve"), at(1)).await.is_err());

    let link = bots.invite_operator().await.unwrap().unwrap();
    bots.add_operator(new_operator("ada"), &asked()).await.unwrap();
    assert!(bots.accept_invitation(&link, new_operator("eve"), at(1)).await.is_err());
    assert_eq!(bots.list_operators().await.unwrap().len(), 1);
}

async fn the_store_and_the_log_hold_no_secret(store: &TestStore) {
    let bots = &store.bots;
    let link = bots.invite_operator().await.unwrap().unwrap();
    let by = Asked { by: "cli".into(), at: at(0) };
    bots.add_operator(new_operator("ada"), &by).await.unwrap();
    let signed_in = sign_in(bots, "ada").await;
    bots.change_password(
        "ada",
        PasswordChange {
            current: Some(Password::new(PASSWORD)),
            new: Password::new(OTHER),
            keep: Some(signed_in.session.id),
        },
        &by,
    )
    .await
    .unwrap();

    let log = serde_json::to_string(&whole_log(bots).await).unwrap();
    let operators = serde_json::to_string(&bots.list_operators().await.unwrap()).unwrap();
    let rows = format!("{log} {operators} {signed_in:?} {:?} {link:?}", new_operator("ada"));
    let (token, link) = (signed_in.token.reveal(), link.reveal());
    for secret in [PASSWORD, OTHER, &token, &link, "argon2"] {
        assert!(!rows.contains(secret), "{secret} is in {rows}");
    }
    for table in ["operators", "sessions", "settings", "bot_activities"] {
        let held = dump(store, table).await;
        for secret in [PASSWORD, OTHER, &token, &link] {
            assert!(!held.contains(secret), "{secret} is in {table}: {held}");
        }
    }
}

/// Every value of a table, in one text.
async fn dump(store: &TestStore, table: &str) -> String {
    use sea_orm::{FromQueryResult, JsonValue, Statement};
    let db = store.past_the_gateway().await;
    let all = Statement::from_string(db.get_database_backend(), format!("SELECT * FROM {table}"));
    let rows = JsonValue::find_by_statement(all).all(&db).await.unwrap();
    assert!(table == "settings" || !rows.is_empty(), "{table} holds something");
    rows.iter().map(ToString::to_string).collect()
}
