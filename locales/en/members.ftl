members-title = Members
members-text = Who works here, in which role and where.
members-invite = Invite somebody
members-invite-text = They get an e-mail with a link, and choose their own password.
members-invite-button = Send invitation
members-invitations = Waiting for an answer
members-open-until = can be accepted until { $date }
members-expired = expired on { $date }
members-resend = Send again
members-revoke = Take back
members-name = Name
members-email = E-mail address
members-email-hint = Where the invitation goes. It is also how they sign in.
members-role = Role
members-role-text-manager = Runs everything: properties, stays, money and members.
members-role-text-owner = Sees the properties that they own, with their calendar and numbers, but not guests’ contact data.
members-role-text-staff = Sees the work at the properties where they work, and completes it. No money and no contact data.
members-works-at = Where they work
members-no-properties = Add a property first. You can choose where they work later, too.
members-party = Which owner they are
members-party-hint = Owners of your properties who cannot sign in yet.
members-party-new = A new owner
members-owner-hint = Which properties are theirs is set on each property’s page “Owners”.
members-properties = Properties
members-all-properties = All
members-properties-count =
    { $count ->
        [0] None
        [one] { $count } property
       *[other] { $count } properties
    }
members-since = Since
members-suspended = Suspended
members-no-more = There are no more members
members-no-more-text = Go back to the first page.
members-save = Save
members-suspend = Suspend
members-suspend-question = Suspend { $name }?
members-suspend-text = From now on they can see and do nothing here, on no device. They stay a member, and you can let them back in at any time.
members-resume = Let back in
members-is-suspended = Suspended since { $date }
members-is-suspended-text = They can see and do nothing here.
members-remove = Remove
members-remove-question = Remove { $name }?
members-remove-text = From now on they can see and do nothing here. Their API tokens and calendar address stop, too. What they did stays in the history.
members-hands-back =
    { $count ->
        [one] One task that they have begun goes back to the others.
       *[other] { $count } tasks that they have begun go back to the others.
    }
members-join-title = Join { $organization }
members-join-text = { $name } invited you. Your role: { $role }.
members-your-name = Your name
members-password = Choose a password
members-remember = Stay signed in on this device
members-join = Join
members-has-account = { $email } already has an account. Sign in with it to accept.
members-another-address = The invitation is for { $email }, and you are signed in as { $present }. Sign out, then open the link again.
members-dead-title = This invitation no longer works
members-dead-text = It was used, taken back, or is older than a week. Ask whoever invited you to send it again.
members-flash-invited = The invitation to { $email } is on its way.
members-flash-sent-just-now = It was sent a moment ago. Wait a minute before you send it again.
members-flash-answered = This invitation was accepted or taken back meanwhile.
members-flash-revoked = The invitation no longer works.
members-flash-too-many = Too many invitations wait for an answer. Take some back first.
members-flash-changed = Saved.
members-flash-last-manager = An organization needs a manager. Give another member that role first.
members-flash-suspended = They can do nothing here any more.
members-flash-resumed = They are back.
members-flash-removed = { $name } is no longer a member.
members-flash-left = You have left the organization.
members-flash-joined = Welcome! You are a member now.
members-flash-already-member = You are a member already.
members-mail-subject = Join { $organization }
members-mail-text = { $name } invites you to { $organization }.
members-mail-button = See the invitation
members-mail-note =
    { $count ->
        [one] The link works once, and for a day.
       *[other] The link works once, and for { $count } days.
    } If you do not expect it, ignore this e-mail.
members-mail-why = You get this e-mail because somebody entered your address.
error-already-member = Somebody with this address is a member already.
error-already-invited = This address was invited already. You can send the invitation again on the page of members.
