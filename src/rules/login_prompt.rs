//! Strips what asks the reader to log in, register or see the account.
//!
//! # What it strips
//!
//! Whole lines such as "Log in" and "My account", questions such as "Already a subscriber?", and elements so named.
//!
//! # Why it is boilerplate
//!
//! It speaks to the reader of the site, not of the story.
//!
//! # What it must keep
//!
//! Reports about accounts and passwords.

use super::prelude::*;

/// The rule `login-prompt`.
pub(super) struct LoginPrompt;

static META: Meta = Meta::new("login-prompt", Category::Widget, "Doors to the reader's account")
    .names(&["login", "login-box", "login-form", "loginform", "login-prompt", "login-wall", "login-modal", "login-link", "login-button", "loginbox", "log-in", "log-out", "logout", "signin", "sign-in", "signin-form", "signin-prompt", "signup-form", "sign-up-form", "signup-modal", "register-form", "register-wall", "registration-wall", "regwall", "registration-prompt", "account-menu", "account-nav", "user-menu", "user-nav", "user-login", "my-account", "anmelden", "anmeldung", "connexion", "iniciar-sesion", "accedi", "inloggen", "logowanie", "auth-modal", "member-login"])
    .phrases(include_str!("data/login_prompt.txt"))
    .examples(&[
        Example::Text("⟦Log in⟧\n⟦My account⟧\n\nThe bridge opened on Monday, two years late, the council said."),
        Example::Text("⟦Already have an account? Sign in⟧\n\nThe bridge opened on Monday, two years late, the council said."),
        Example::Text("⟦로그인⟧ \n⟦회원가입⟧\n\n다리는 월요일에 열렸다고 시가 밝혔다."),
        Example::Html("<p>The bridge opened on Monday, two years late, the council said.</p><div class=login-prompt>⟦<p>Tell us who you are, and the story goes on for you at no cost.</p>⟧</div><p>Nobody in Velden knows yet what the tram will cost, she added.</p>"),
        Example::Text("Log in to any of the forty computers of the library, and the same picture appears."),
        Example::Html("<p>My account of the fire is short, wrote the miller, for I slept through it.</p>"),
    ]);

impl Rule for LoginPrompt {
    fn meta(&self) -> &'static Meta {
        &META
    }
}
