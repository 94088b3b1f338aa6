mail-greeting = Hola, { $name }:
mail-link-hint = Si el botón no funciona, abre esta dirección en tu navegador:
mail-valid-minutes = { $count ->
    [one] El enlace vale durante un minuto y solo una vez.
   *[other] El enlace vale durante { $count } minutos y solo una vez.
}
mail-valid-hours = { $count ->
    [one] El enlace vale durante una hora y solo una vez.
   *[other] El enlace vale durante { $count } horas y solo una vez.
}
mail-valid-days = { $count ->
    [one] El enlace vale durante un día y solo una vez.
   *[other] El enlace vale durante { $count } días y solo una vez.
}
mail-fact-when = Cuándo
mail-fact-property = Alojamiento
mail-fact-channel = Calendario de
mail-why-registered = Recibes este correo porque alguien se registró con esta dirección. Si no fuiste tú, no hagas caso.
mail-why-account = Recibes este correo porque tienes una cuenta aquí.
mail-why-new-address = Recibes este correo porque alguien puso esta dirección como la nueva de una cuenta.
mail-why-old-address = Recibes este correo porque esta era la dirección de tu cuenta.
mail-why-manager = Recibes este correo porque gestionas este alojamiento.

mail-verify-email-subject = Confirma tu correo electrónico
mail-verify-email-text = ¡Te damos la bienvenida! Confirma que esta es tu dirección, para que podamos avisarte cuando algo necesite tu atención.
mail-verify-email-button = Confirmar dirección

mail-password-reset-subject = Elige una contraseña nueva
mail-password-reset-text = Alguien ha pedido una contraseña nueva para tu cuenta. Si has sido tú, elígela ahora.
mail-password-reset-button = Elegir contraseña
mail-password-reset-ignore = Si no has sido tú, no hagas caso: tu contraseña no cambia.

mail-email-change-subject = Confirma tu nuevo correo electrónico
mail-email-change-text = Has pedido usar esta dirección para tu cuenta. Hasta que la confirmes, tu cuenta conserva la anterior.
mail-email-change-button = Confirmar nueva dirección
mail-email-change-ignore = Si no has sido tú, no hagas caso: no cambia nada.

mail-email-changed-subject = Tu correo electrónico ha cambiado
mail-email-changed-text = Tu cuenta tiene ahora otra dirección de correo. Usa la nueva para entrar. A esta ya no enviaremos nada más.
mail-email-changed-note = Si no has sido tú, puede que otra persona tenga acceso a tu cuenta: pide ayuda cuanto antes a quien lleva este sitio.

mail-password-changed-subject = Tu contraseña ha cambiado
mail-password-changed-text = Tu cuenta tiene una contraseña nueva y se ha cerrado la sesión en los demás dispositivos.
mail-password-changed-not-me = Si no has sido tú, elige otra contraseña cuanto antes.
mail-password-changed-button = Elegir otra contraseña

mail-conflict-subject = Reserva doble en { $property }
mail-conflict-text = Dos calendarios han vendido las mismas noches. Conservamos las dos reservas; una de ellas necesita otro sitio.
mail-conflict-nights = Noches
mail-conflict-holds = Tiene las noches
mail-conflict-waits = Llegó después
mail-conflict-button = Ver el conflicto
mail-conflict-note = Mueve o cancela una de las dos en su canal. El conflicto termina solo cuando las noches quedan libres.

mail-feed-stale-subject = Un calendario de { $property } no responde
mail-feed-stale-text = Llevamos un tiempo sin poder leer este calendario. No vemos las reservas nuevas que se hagan allí, así que las mismas noches podrían venderse dos veces.
mail-feed-stale-last-good = Última lectura
mail-feed-stale-never = nunca
mail-feed-stale-note = La página dice qué falló cada vez. A menudo el canal ha renovado la dirección: copia allí la nueva.
mail-feed-button = Ver el calendario

mail-feed-suspicious-subject = Un calendario de { $property } parece incorrecto
mail-feed-suspicious-text = { $count ->
    [one] El calendario estaba vacío o le faltaba tanto que no lo hemos creído: se habría cancelado una estancia. No se ha cambiado nada.
   *[other] El calendario estaba vacío o le faltaba tanto que no lo hemos creído: se habrían cancelado { $count } estancias. No se ha cambiado nada.
}
mail-feed-suspicious-note = Compáralo con el canal. Si las estancias ya no existen, confírmalo en la página; si no, no hay nada que hacer.

mail-dev-title = Correos
mail-dev-subtitle = Correos de esta instalación. Solo se ven desde este equipo.
mail-dev-empty = Aún no hay correos
mail-dev-empty-text = Aquí se muestra todo lo que el programa escribe a las personas.
mail-dev-to = Para
mail-dev-subject = Asunto
mail-dev-kind = Tipo
mail-dev-state = Estado
mail-dev-written = Escrito
mail-dev-error = Problema
mail-dev-as-text = Como texto
mail-dev-as-html = Como HTML
mail-dev-deleted = El cuerpo se ha borrado.

mail-state-queued = En cola
mail-state-sent = Enviado
mail-state-kept = Guardado
mail-state-failed = Fallido
