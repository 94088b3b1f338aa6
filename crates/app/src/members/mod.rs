//! Members: who works in an organization, in which role and where; and how others are asked to join.
//!
//! - Nobody is added: they are asked by mail, and join with a secret of 256 bits of which only the hash is stored. It is good once, for
//!   seven days; sending the letter again ends the letters before. Opening its link changes nothing, since mail scanners open links.
//! - An organization always has a manager who may act: the last one can neither leave nor be suspended nor get another role.
//! - Who is suspended or removed may do nothing from the next request on, whatever sessions, tokens and calendars they have; what they had
//!   begun goes back to the others.
//!
//! Permissions: `users.view`, `.create` (ask to join), `.edit` (role, work, suspension), `.delete` (remove).

mod api;
mod jobs;
mod letter;
mod model;
mod pages;
mod service;
mod store;
#[cfg(test)]
mod tests;

use kernel::{
    Page,
    permissions::{UsersCreate, UsersDelete, UsersEdit, UsersView},
};
use webkit::{ApiDoc, LimitClass, Routes, allow, public};

use crate::App;

pub use jobs::handle_jobs;
pub use model::{
    AcceptForm, ChangeMember, Invitation, InvitationForm, InvitationState, Member, MemberForm, NewInvitation,
};
pub use service::{MemberError, invite};

/// The routes of members and invitations.
pub fn routes() -> Routes<App> {
    page_routes().merge(api_routes())
}

fn page_routes() -> Routes<App> {
    use pages::{join, manage};
    const LINK: &str = "its address holds a secret that was sent by mail";
    Routes::new()
        .get("/members", allow::<UsersView>(), manage::list)
        .get("/members/invite", allow::<UsersCreate>(), manage::ask_invite)
        .post("/members/invite", allow::<UsersCreate>(), manage::invite)
        .limit(LimitClass::Credentials)
        .audit("members.invitation.create")
        .post("/members/invitations/{id}/resend", allow::<UsersCreate>(), manage::resend)
        .limit(LimitClass::Credentials)
        .audit("members.invitation.resend")
        .post("/members/invitations/{id}/revoke", allow::<UsersCreate>(), manage::revoke)
        .audit("members.invitation.revoke")
        .get("/members/{id}", allow::<UsersView>(), manage::show)
        .post("/members/{id}", allow::<UsersEdit>(), manage::change)
        .audit("members.member.change")
        .get("/members/{id}/suspend", allow::<UsersEdit>(), manage::ask_suspend)
        .post("/members/{id}/suspend", allow::<UsersEdit>(), manage::suspend)
        .audit("members.member.suspend")
        .post("/members/{id}/resume", allow::<UsersEdit>(), manage::resume)
        .audit("members.member.resume")
        .get("/members/{id}/remove", allow::<UsersDelete>(), manage::ask_remove)
        .post("/members/{id}/remove", allow::<UsersDelete>(), manage::remove)
        .audit("members.member.remove")
        .get("/invitations/{token}", public(LINK), join::show)
        .post("/invitations/{token}", public(LINK), join::accept)
        .limit(LimitClass::Credentials)
        .audit("members.invitation.accept")
}

fn api_routes() -> Routes<App> {
    Routes::new()
        .api_get(
            "/api/v1/members",
            allow::<UsersView>(),
            api::list,
            ApiDoc::new("List members, by name").query::<webkit::PageQuery>().answer::<Page<api::MemberBody>>(200),
        )
        .api_get(
            "/api/v1/members/{id}",
            allow::<UsersView>(),
            api::get,
            ApiDoc::new("Read a member").answer::<api::MemberBody>(200),
        )
        .api_patch(
            "/api/v1/members/{id}",
            allow::<UsersEdit>(),
            api::change,
            ApiDoc::new("Change a member's role, work or suspension")
                .request::<api::MemberInput>()
                .answer::<api::MemberBody>(200)
                .status(409),
        )
        .audit("members.member.change")
        .api_delete(
            "/api/v1/members/{id}",
            allow::<UsersDelete>(),
            api::remove,
            ApiDoc::new("Remove a member").status(204).status(409),
        )
        .audit("members.member.remove")
        .api_get(
            "/api/v1/invitations",
            allow::<UsersView>(),
            api::invitations,
            ApiDoc::new("List the invitations that wait for an answer, by address")
                .answer::<Vec<api::InvitationBody>>(200),
        )
        .api_post(
            "/api/v1/invitations",
            allow::<UsersCreate>(),
            api::invite,
            ApiDoc::new("Ask somebody to join")
                .request::<api::InvitationInput>()
                .answer::<api::InvitationBody>(201)
                .status(409),
        )
        .limit(LimitClass::Credentials)
        .audit("members.invitation.create")
        .api_post(
            "/api/v1/invitations/{id}/resend",
            allow::<UsersCreate>(),
            api::resend,
            ApiDoc::new("Send an invitation again, with another secret").answer::<api::InvitationBody>(200).status(409),
        )
        .limit(LimitClass::Credentials)
        .audit("members.invitation.resend")
        .api_delete(
            "/api/v1/invitations/{id}",
            allow::<UsersCreate>(),
            api::revoke,
            ApiDoc::new("Take an invitation back").status(204),
        )
        .audit("members.invitation.revoke")
}
