//! Who may give orders: operators, their passwords, their sign-ins and the link for the first of them.

use super::Bots;
use crate::commands::change_password::PasswordChange;
use crate::commands::{
    Asked, accept_invitation, add_operator, change_password, invite_operator, remove_operator, renew_session,
    sign_in, sign_out, sign_out_everywhere,
};
use crate::error::Result;
use crate::id::OperatorId;
use crate::operator::{NewOperator, Operator, Session, SignedIn};
use crate::password::Password;
use crate::problem::Problems;
use crate::queries::list_operators::OperatorView;
use crate::queries::{find_session, invitation_stands, list_operators, list_sessions};
use crate::time::FleetTime;
use crate::token::Token;

impl Bots {
    /// Makes somebody an operator.
    ///
    /// # Errors
    /// `Invalid` with every broken rule; `Conflict` when the name is taken, however it is written.
    pub async fn add_operator(&self, new: NewOperator, asked: &Asked) -> Result<Operator> {
        new.check()?;
        let hash = self.hasher.hash(&new.password).await?;
        let tx = self.store.begin().await?;
        let effect = add_operator::execute(&tx, &new.name, hash, asked).await?;
        self.commit(tx, effect, &[]).await
    }

    /// Gives an operator another password and ends its sign-ins, but for the one that is to be kept.
    ///
    /// # Errors
    /// `NotFound`; `Invalid` with the field `current` when that is not the password, or `password` when the new one breaks the rule.
    pub async fn change_password(
        &self,
        name: &str,
        change: PasswordChange,
        asked: &Asked,
    ) -> Result<Operator> {
        let mut problems = Problems::default();
        change.new.check("password", &mut problems);
        if let Some(current) = &change.current {
            let known = sign_in::find(&self.store.read, name).await?;
            let holds = self.hasher.matches(current, known.map(|known| known.password_hash)).await?;
            problems.require(holds, "current", "is not your password", "type it again");
        }
        if !problems.0.is_empty() {
            return Err(problems.into());
        }
        let hash = self.hasher.hash(&change.new).await?;
        let tx = self.store.begin().await?;
        let effect = change_password::execute(&tx, name, hash, change.keep, asked).await?;
        self.commit(tx, effect, &[]).await
    }

    /// Lets an operator give no more orders, and ends its sign-ins.
    ///
    /// # Errors
    /// `NotFound`; `Conflict` for the only operator.
    pub async fn remove_operator(&self, name: &str, asked: &Asked) -> Result<Operator> {
        let tx = self.store.begin().await?;
        let effect = remove_operator::execute(&tx, name, asked).await?;
        self.commit(tx, effect, &[]).await
    }

    /// Begins a sign-in; none when there is no such operator, or that is not its password. The two cannot be told apart,
    /// by the answer or by the time it takes.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn sign_in(&self, name: &str, password: &Password, at: FleetTime) -> Result<Option<SignedIn>> {
        let known = sign_in::find(&self.store.read, name).await?;
        let hash = known.as_ref().map(|known| known.password_hash.clone());
        let (true, Some(known)) = (self.hasher.matches(password, hash).await?, known) else {
            return Ok(None);
        };
        let tx = self.store.begin().await?;
        let effect = sign_in::execute(&tx, &known, at).await?;
        self.commit(tx, effect, &[]).await
    }

    /// Ends a sign-in; returns whether it was still there.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn sign_out(&self, session: &Session, asked: &Asked) -> Result<bool> {
        let tx = self.store.begin().await?;
        let effect = sign_out::execute(&tx, session, asked).await?;
        self.commit(tx, effect, &[]).await
    }

    /// Ends every sign-in of an operator; returns how many there were.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn sign_out_everywhere(&self, name: &str, asked: &Asked) -> Result<u64> {
        let tx = self.store.begin().await?;
        let effect = sign_out_everywhere::execute(&tx, name, asked).await?;
        self.commit(tx, effect, &[]).await
    }

    /// Lets a sign-in last on, because it was used.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn renew_session(&self, session: &Session) -> Result<()> {
        let tx = self.store.begin().await?;
        let effect = renew_session::execute(&tx, session).await?;
        self.commit(tx, effect, &[]).await
    }

    /// Makes a link by which the first operator can come in within an hour, and voids the one before; none when there is
    /// an operator.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn invite_operator(&self) -> Result<Option<Token>> {
        let tx = self.store.begin().await?;
        let effect = invite_operator::execute(&tx).await?;
        self.commit(tx, effect, &[]).await
    }

    /// Makes the first operator of whoever has the link, and signs it in.
    ///
    /// # Errors
    /// `Invalid` with every broken rule; `Conflict` when the link leads nowhere any more.
    pub async fn accept_invitation(
        &self,
        token: &Token,
        new: NewOperator,
        at: FleetTime,
    ) -> Result<SignedIn> {
        new.check()?;
        let hash = self.hasher.hash(&new.password).await?;
        let tx = self.store.begin().await?;
        let effect = accept_invitation::execute(&tx, token, &new.name, hash, at).await?;
        self.commit(tx, effect, &[]).await
    }

    /// Whether a link for the first operator still leads in.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn invitation_stands(&self, token: &Token) -> Result<bool> {
        invitation_stands::execute(&self.store.read, token).await
    }

    /// The sign-in that a token belongs to, if it is not over.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn find_session(&self, token: &Token) -> Result<Option<Session>> {
        find_session::execute(&self.store.read, token).await
    }

    /// The sign-ins of an operator that are not over, the one used last first.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn list_sessions(&self, operator_id: OperatorId) -> Result<Vec<Session>> {
        list_sessions::execute(&self.store.read, operator_id).await
    }

    /// Who may give orders, by name.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn list_operators(&self) -> Result<Vec<OperatorView>> {
        list_operators::execute(&self.store.read).await
    }
}
