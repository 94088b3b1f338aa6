accounts-name = Nombre
accounts-email = Correo electrónico
accounts-email-new = Correo electrónico nuevo
accounts-password = Contraseña
accounts-password-new = Contraseña nueva
accounts-password-current = Contraseña actual
accounts-password-hint = Al menos 12 caracteres. Van bien unas cuantas palabras sin relación entre sí.
accounts-language = Idioma
accounts-zone = Zona horaria
accounts-zone-of-organization = La de la organización
accounts-zone-hint = En la que lees las horas.
accounts-save = Guardar

accounts-sign-in-title = Entrar
accounts-sign-in-text = Qué bien verte de nuevo.
accounts-sign-in-button = Entrar
accounts-sign-in-wrong = El correo y la contraseña no corresponden a ninguna cuenta.
accounts-sign-in-wait = { $count ->
    [one] Demasiados intentos fallidos. Espera un minuto o elige una contraseña nueva.
   *[other] Demasiados intentos fallidos. Espera { $count } minutos o elige una contraseña nueva.
}
accounts-remember = Mantener la sesión abierta
accounts-forgot = ¿Olvidaste la contraseña?
accounts-no-account = ¿Aún no tienes cuenta?
accounts-have-account = ¿Ya tienes cuenta?

accounts-register-title = Crear cuenta
accounts-register-text = Para propietarios y gestores: tu cuenta y la organización a la que pertenecen tus alojamientos.
accounts-register-you = Tú
accounts-register-business = Tu organización
accounts-organization = Organización
accounts-organization-hint = El nombre de tu negocio, o el tuyo.
accounts-register-button = Crear cuenta
accounts-register-closed = El registro está cerrado
accounts-register-closed-text = Las cuentas las crea quien gestiona esta instalación. Pídele una.

accounts-forgot-title = Elegir una contraseña nueva
accounts-forgot-text = Escribe el correo electrónico de tu cuenta. Te enviaremos un enlace que funciona durante 30 minutos.
accounts-forgot-button = Enviar el enlace
accounts-reset-title = Elegir una contraseña nueva
accounts-reset-text = Para la cuenta de { $email }. Se cerrarán todas tus sesiones.
accounts-reset-button = Guardar la contraseña nueva

accounts-confirm-title = Confirma tu dirección
accounts-confirm-text = ¿Es { $email } tu dirección?
accounts-confirm-change = ¿Usar { $email } como dirección de tu cuenta a partir de ahora?
accounts-confirm-button = Sí, confirmar
accounts-dead-title = Este enlace ya no funciona
accounts-dead-reset = Ya se usó o tiene más de 30 minutos.
accounts-dead-confirm = Ya se usó o tiene más de tres días. Tu perfil muestra si tu dirección está confirmada.
accounts-dead-again = Pedir un enlace nuevo
accounts-taken-title = Esta dirección tiene otra cuenta
accounts-taken-text = No ha cambiado nada. Elige otra dirección en tu perfil.

accounts-profile-title = Perfil
accounts-tab-about = Sobre ti
accounts-security-title = Acceso
accounts-unverified = Tu dirección aún no está confirmada
accounts-unverified-text = Enviamos un enlace a { $email }.
accounts-unverified-button = Enviarlo de nuevo
accounts-password-change = Cambiar la contraseña
accounts-password-change-text = Se cerrará la sesión en tus otros dispositivos.
accounts-email-change = Cambiar el correo electrónico
accounts-email-change-text = Tu dirección es { $email }. Cambiará cuando se confirme la nueva.
accounts-email-change-button = Enviar un enlace a la dirección nueva
accounts-sessions = Dónde tienes la sesión abierta
accounts-session-unknown = Navegador desconocido
accounts-session-present = Este dispositivo
accounts-session-seen = último uso { $when }
accounts-session-since = Sesión abierta { $when }
accounts-session-remembered = se mantiene abierta
accounts-session-end = Cerrar sesión
accounts-sessions-end-others = Cerrar las demás sesiones

accounts-flash-signed-out = Has salido.
accounts-flash-registered = Gracias. Entra con el correo y la contraseña que acabas de escribir. También te enviamos un correo para confirmar la dirección.
accounts-flash-reset-asked = Si esta dirección tiene una cuenta, le llegará un enlace.
accounts-flash-password-reset = Tu contraseña nueva está guardada. Entra con ella.
accounts-flash-email-confirmed = Tu dirección está confirmada.
accounts-flash-saved = Guardado.
accounts-flash-verification-sent = Si tu dirección aún lo necesita, le llegará un enlace.
accounts-flash-email-asked = Abre el enlace que enviamos a la dirección nueva.
accounts-flash-password-changed = Tu contraseña ha cambiado y se han cerrado tus demás sesiones.
accounts-flash-session-ended = La sesión de ese dispositivo está cerrada.
accounts-flash-others-ended = { $count ->
    [0] No tenías otras sesiones abiertas.
    [one] Se ha cerrado otra sesión.
   *[other] Se han cerrado otras { $count } sesiones.
}

accounts-mail-registered-subject = Ya tienes una cuenta
accounts-mail-registered-text = Alguien, quizá tú, intentó crear una cuenta con esta dirección. Ya tienes una, así que no ha cambiado nada. Entra con tu contraseña o elige una nueva si la olvidaste.
accounts-mail-registered-button = Elegir una contraseña nueva
accounts-mail-registered-note = Si no fuiste tú, no tienes que hacer nada.

language-en = English
language-es = Español
role-manager = Gestor
role-owner = Propietario
role-staff = Personal
