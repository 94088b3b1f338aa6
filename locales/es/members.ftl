members-title = Miembros
members-text = Quién trabaja aquí, con qué papel y dónde.
members-invite = Invitar a alguien
members-invite-text = Recibe un correo con un enlace y elige su propia contraseña.
members-invite-button = Enviar invitación
members-invitations = Esperan respuesta
members-open-until = se puede aceptar hasta el { $date }
members-expired = caducó el { $date }
members-resend = Enviar otra vez
members-revoke = Retirar
members-name = Nombre
members-email = Correo electrónico
members-email-hint = Adonde va la invitación. También sirve para entrar.
members-role = Papel
members-role-text-manager = Lo lleva todo: alojamientos, estancias, dinero y miembros.
members-role-text-owner = Ve los alojamientos que posee, con su calendario y sus cifras, pero no los datos de contacto de los huéspedes.
members-role-text-staff = Ve el trabajo en los alojamientos donde trabaja y lo completa. Ni dinero ni datos de contacto.
members-works-at = Dónde trabaja
members-no-properties = Añade primero un alojamiento. También puedes elegir más tarde dónde trabaja.
members-party = Qué propietario es
members-party-hint = Propietarios de tus alojamientos que aún no pueden entrar.
members-party-new = Un propietario nuevo
members-owner-hint = Qué alojamientos son suyos se decide en la página «Propietarios» de cada alojamiento.
members-properties = Alojamientos
members-all-properties = Todos
members-properties-count =
    { $count ->
        [0] Ninguno
        [one] { $count } alojamiento
       *[other] { $count } alojamientos
    }
members-since = Desde
members-suspended = Suspendido
members-no-more = No hay más miembros
members-no-more-text = Vuelve a la primera página.
members-save = Guardar
members-suspend = Suspender
members-suspend-question = ¿Suspender a { $name }?
members-suspend-text = Desde ahora no puede ver ni hacer nada aquí, en ningún dispositivo. Sigue siendo miembro y puedes dejarle volver cuando quieras.
members-resume = Dejar volver
members-is-suspended = Suspendido desde el { $date }
members-is-suspended-text = No puede ver ni hacer nada aquí.
members-remove = Quitar
members-remove-question = ¿Quitar a { $name }?
members-remove-text = Desde ahora no puede ver ni hacer nada aquí. Sus tokens de API y su dirección de calendario dejan de funcionar también. Lo que hizo queda en el historial.
members-hands-back =
    { $count ->
        [one] Una tarea que ha empezado vuelve a los demás.
       *[other] { $count } tareas que ha empezado vuelven a los demás.
    }
members-join-title = Únete a { $organization }
members-join-text = { $name } te ha invitado. Tu papel: { $role }.
members-your-name = Tu nombre
members-password = Elige una contraseña
members-remember = Seguir conectado en este dispositivo
members-join = Unirme
members-has-account = { $email } ya tiene una cuenta. Entra con ella para aceptar.
members-another-address = La invitación es para { $email } y has entrado como { $present }. Sal y abre el enlace otra vez.
members-dead-title = Esta invitación ya no sirve
members-dead-text = Se ha usado, se ha retirado o tiene más de una semana. Pide a quien te invitó que la envíe otra vez.
members-flash-invited = La invitación a { $email } está en camino.
members-flash-sent-just-now = Se envió hace un momento. Espera un minuto antes de enviarla otra vez.
members-flash-answered = Esta invitación se ha aceptado o retirado entretanto.
members-flash-revoked = La invitación ya no sirve.
members-flash-too-many = Demasiadas invitaciones esperan respuesta. Retira antes algunas.
members-flash-changed = Guardado.
members-flash-last-manager = Una organización necesita un gestor. Da antes ese papel a otro miembro.
members-flash-suspended = Ya no puede hacer nada aquí.
members-flash-resumed = Ha vuelto.
members-flash-removed = { $name } ya no es miembro.
members-flash-left = Has dejado la organización.
members-flash-joined = ¡Te damos la bienvenida! Ya eres miembro.
members-flash-already-member = Ya eres miembro.
members-mail-subject = Únete a { $organization }
members-mail-text = { $name } te invita a { $organization }.
members-mail-button = Ver la invitación
members-mail-note =
    { $count ->
        [one] El enlace sirve una vez y durante un día.
       *[other] El enlace sirve una vez y durante { $count } días.
    } Si no la esperas, ignora este correo.
members-mail-why = Recibes este correo porque alguien introdujo tu dirección.
error-already-member = Alguien con esta dirección ya es miembro.
error-already-invited = Esta dirección ya está invitada. Puedes enviar la invitación otra vez en la página de miembros.
