feeds-class-reservation = reserva
feeds-class-block = bloqueo
feeds-class-tentative = sin confirmar
feeds-class-unsure = reserva o cierre

feeds-decision-new-reservation = Reserva nueva.
feeds-decision-new-block = Bloqueo nuevo: nadie puede reservar y no hay limpieza de salida.
feeds-decision-new-tentative = Reserva nueva sin confirmar: queda pendiente y sin limpieza de salida.
feeds-decision-new-unsure = Nuevo: el canal no dice si hay huéspedes o está cerrado. Se toma como reserva; revísala.
feeds-decision-new-long = Nuevo: el canal no dice si hay huéspedes o está cerrado. Dura más de 30 noches, así que es un bloqueo.
feeds-decision-unchanged = Se mantiene porque figura igual que antes.
feeds-decision-back-in-time = Se mantiene porque vuelve a figurar. Había faltado una vez.
feeds-decision-moved = Cambiada de { $from } a { $to }, como en el canal.
feeds-decision-reclassified = El canal la cambió de «{ $from }» a «{ $to }».
feeds-decision-details = Se mantiene; el canal cambió su descripción.
feeds-decision-reissue-same = Reemisión de { $uid }: el canal dio otro identificador a la estancia. Sus fechas son las de antes.
feeds-decision-reissue =
    { $count ->
        [0] Reemisión de { $uid }: el código de reserva dice que es la misma estancia. { $from } pasa a ser { $to }.
        [one] Reemisión de { $uid }: el canal dio otro identificador a la estancia. Una noche en común; { $from } pasa a ser { $to }.
       *[other] Reemisión de { $uid }: el canal dio otro identificador a la estancia. { $count } noches en común; { $from } pasa a ser { $to }.
    }
feeds-decision-dates-by-person = Se mantiene porque una persona fijó las fechas. El canal dice { $listed }.
feeds-decision-arrival-kept = Conserva su llegada porque la estancia ha empezado. El canal dice ahora { $listed }.
feeds-decision-listed-again = Ha vuelto: una sincronización la canceló y figura de nuevo.
feeds-decision-ended-by-person = Sigue terminada porque la terminó una persona.
feeds-decision-status-by-person = Se mantiene porque una persona dijo que tiene lugar. El canal no la muestra.
feeds-decision-missing-once = Se mantiene porque falta por primera vez. Si falta otra vez, se cancelará.
feeds-decision-missing-twice = Cancelada: falta en 2 lecturas buenas.
feeds-decision-confirmed-gone = Cancelada porque un gestor confirmó que ya no existe.
feeds-decision-cancelled-by-channel = Cancelada porque el canal la da por cancelada.
feeds-decision-begun = Se mantiene porque ha empezado, aunque ya no figura.
feeds-decision-begun-cancelled = Se mantiene porque ha empezado, aunque el canal la da por cancelada. Revísala.
feeds-decision-event-unreadable = Se mantiene porque su evento figura pero no se puede leer.
feeds-decision-over =
    { $count ->
        [one] Una estancia pasada ya no figura, y se mantiene.
       *[other] { $count } estancias pasadas ya no figuran, y se mantienen.
    }
feeds-decision-own-event = Omitido porque es nuestro, leído de vuelta.
feeds-decision-reflection = Omitido porque solo refleja nuestro propio calendario: el canal ya leyó que { $of } está ocupado.
feeds-decision-reminder = Omitido porque es un aviso de llegada o salida, no una estancia.
feeds-decision-cancelled-unknown = Omitido porque figura como cancelado.
feeds-decision-duplicate = Omitido porque el mismo evento figura dos veces.
feeds-decision-older-revision = Omitido porque figura una versión posterior o más larga del mismo evento.
feeds-decision-no-dates = Omitido porque faltan sus fechas o no se pueden leer.
feeds-decision-no-night = Omitido porque termina el día en que empieza: no hay ninguna noche.
feeds-decision-end-before-start = Omitido porque termina antes de empezar.
feeds-decision-repeats-too-fast = Omitido porque se repite dentro de un mismo día.
feeds-decision-repeat-unreadable = Omitido porque la regla por la que se repite no tiene sentido.
feeds-decision-too-many-repeats = Omitido porque el calendario tiene demasiados eventos que se repiten.
feeds-decision-clipped = Recortado a 1100 noches. El evento no termina hasta { $until }.
feeds-decision-outside-window =
    { $count ->
        [one] Se omitió un evento: terminó hace más de un año o empieza dentro de más de tres.
       *[other] Se omitieron { $count } eventos: terminaron hace más de un año o empiezan dentro de más de tres.
    }
feeds-decision-not-fetched = Se mantiene: no figura en esta respuesta, pero aplicar de nuevo una respuesta guardada no quita nada.
feeds-decision-suspicious = Se mantiene. Desaparecería, pero faltan demasiadas a la vez: confírmalo o ignóralo.
feeds-decision-not-applied =
    { $count ->
        [one] Una estancia que figura no se ha revisado hasta que se confirmen o ignoren las que faltan.
       *[other] { $count } estancias que figuran no se han revisado hasta que se confirmen o ignoren las que faltan.
    }

feeds-section = Calendarios
feeds-add = Añadir un calendario
feeds-add-text = Pega la dirección iCal que te da Airbnb, Vrbo o Booking.com. Sus estancias aparecen en un minuto y después se mantienen al día.
feeds-edit = Editar calendario
feeds-save = Guardar cambios
feeds-subtitle = Calendario importado
feeds-none = Aún no hay calendarios importados
feeds-none-text = Pega la dirección iCal de cada canal donde alquilas este alojamiento. Sus estancias aparecerán solas en tu calendario, cada una con su limpieza.
feeds-name = Nombre
feeds-name-hint = Para distinguirlo, como «Airbnb, planta alta».
feeds-channel = Canal
feeds-channel-guess = Lo que diga la dirección o el calendario
feeds-channel-hint = Decide cómo se leen sus eventos. No se puede cambiar después.
feeds-unit = Para
feeds-whole-property = Todo el alojamiento
feeds-address = Dirección
feeds-address-hint = Empieza por https:// o webcal:// y suele terminar en .ics.
feeds-address-now = Dirección actual
feeds-address-secret = Quien conoce la dirección completa puede leer el calendario; por eso está oculta.
feeds-address-show = Mostrar la dirección
feeds-address-new = Otra dirección
feeds-address-new-hint = Déjalo vacío para conservar la dirección. Con otra, el calendario conserva sus estancias.
feeds-odd = Para calendarios poco comunes
feeds-default-kind = Los eventos sin significado claro son
feeds-default-kind-hint = Solo para calendarios de otros sistemas.
feeds-kind-reservation = Reservas por revisar
feeds-kind-block = Noches bloqueadas
feeds-end-meaning = Los eventos terminan
feeds-end-meaning-hint = Cámbialo solo si a todas las estancias les falta una noche.
feeds-end-check-out = El día de salida
feeds-end-last-night = La última noche
feeds-where = Dónde encontrar la dirección
feeds-where-airbnb = Calendario, Disponibilidad, Conectar calendarios, y copia el enlace para otros calendarios.
feeds-where-vrbo = Calendario, Importar y exportar, Exportar calendario.
feeds-where-booking-com = Extranet, Tarifas y disponibilidad, Sincronizar calendarios, Exportar.
feeds-where-other = Cualquier dirección iCal que se pueda leer sin iniciar sesión, como la dirección secreta de un calendario de Google.
feeds-state = Estado
feeds-state-new = Aún no leído
feeds-state-good = Al día
feeds-state-failing = Falló la última lectura
feeds-state-stale = Desactualizado
feeds-state-suspicious = Necesita una decisión
feeds-state-paused = En pausa
feeds-section-state = Cómo va
feeds-section-sync = Qué pasó
feeds-last-good = Última lectura buena
feeds-next = Próxima lectura
feeds-next-never = No mientras el alojamiento esté archivado
feeds-never = Nunca todavía
feeds-sync-now = Sincronizar ahora
feeds-syncing = Leyendo el calendario…
feeds-held = Échale un vistazo
feeds-held-text = De repente el calendario omite tanto que puede ser un error del canal. No se cambió nada.
feeds-held-ignored = Pediste ignorar que el calendario omite estas. No cambia nada mientras diga lo mismo.
feeds-held-gone =
    { $count ->
        [one] Falta esta estancia:
       *[other] Faltan estas { $count } estancias:
    }
feeds-confirm = Ya no existen: cancelarlas
feeds-ignore = Ignorar y mantenerlas
feeds-decisions = Decisiones
feeds-last-decisions = Qué decidió la última sincronización
feeds-nights = Noches
feeds-decision = Decisión
feeds-event = Palabras del canal
feeds-reason = Motivo
feeds-whole-answer = El calendario
feeds-warnings = Lo que no se pudo leer
feeds-syncs = Sincronizaciones
feeds-no-syncs = Aún no se ha leído nada
feeds-no-syncs-text = Cada vez que se lee el calendario, verás aquí qué se decidió y por qué.
feeds-when = Cuándo
feeds-outcome = Resultado
feeds-did = Qué hizo
feeds-events = Eventos
feeds-cause = Por qué
feeds-cause-schedule = Programada
feeds-cause-person = Pedida
feeds-cause-replay = Aplicada de nuevo
feeds-cause-confirm = Confirmada
feeds-sync-title = Sincronización { $number }
feeds-sync-good = Buena
feeds-sync-not-modified = Nada nuevo
feeds-sync-suspicious = Necesita una decisión
feeds-sync-refused = No es un calendario completo
feeds-sync-failed = Falló
feeds-outcome-created = Nueva
feeds-outcome-updated = Cambiada
feeds-outcome-reissued = Misma estancia, otro identificador
feeds-outcome-revived = Ha vuelto
feeds-outcome-kept = Se mantiene
feeds-outcome-missing = Falta una vez
feeds-outcome-cancelled = Cancelada
feeds-outcome-removed = Eliminada
feeds-outcome-ignored = Omitida
feeds-outcome-noted = Para saber
feeds-outcome-held = En espera
feeds-count-created =
    { $count ->
        [one] 1 nueva
       *[other] { $count } nuevas
    }
feeds-count-changed =
    { $count ->
        [one] 1 cambiada
       *[other] { $count } cambiadas
    }
feeds-count-missing =
    { $count ->
        [one] 1 falta
       *[other] { $count } faltan
    }
feeds-count-cancelled =
    { $count ->
        [one] 1 cancelada
       *[other] { $count } canceladas
    }
feeds-count-left-out =
    { $count ->
        [one] 1 omitida
       *[other] { $count } omitidas
    }
feeds-count-nothing = Nada cambió
feeds-more-lines =
    { $count ->
        [one] No se guardó una línea más.
       *[other] No se guardaron { $count } líneas más.
    }
feeds-download = Descargar la respuesta
feeds-replay = Repetir
feeds-replayed = Esto es lo que la respuesta decidiría hoy. No se escribió nada.
feeds-replayed-text = Desde entonces se han aplicado respuestas posteriores.
feeds-replayed-last = Es la última respuesta completa. Puedes aplicarla de nuevo, por ejemplo tras cambiar cómo se lee el calendario.
feeds-apply = Aplicarla de nuevo
feeds-remove = Quitar
feeds-remove-question = ¿Quitar este calendario?
feeds-remove-text = Deja de leerse y se borran sus sincronizaciones. Las estancias que han empezado se mantienen en todo caso.
feeds-future-stays = Sus estancias futuras
feeds-future-stays-keep = Mantenerlas
feeds-future-stays-cancel = Cancelarlas
feeds-flash-added = El calendario se ha añadido y se está leyendo.
feeds-flash-saved = Tus cambios se han guardado.
feeds-flash-removed = El calendario se ha quitado.
feeds-flash-confirmed = Hecho: se canceló lo que ya no existe.
feeds-flash-ignored = Ignorado. No se cambió nada.
feeds-flash-applied = La respuesta se aplicó de nuevo.
feeds-flash-changed = El calendario ya dice otra cosa. Míralo de nuevo.
feeds-warning-of = { $text }: { $name } (línea { $line })
feeds-warning-at = { $text } (línea { $line })
feeds-warning-bad-property = Un valor que no se puede leer
feeds-warning-long-line = Una línea demasiado larga
feeds-warning-unknown-zone = Una zona horaria desconocida, leída como la del alojamiento
feeds-warning-text-after-end = Texto tras el final del calendario
feeds-problem-with-status = El sitio respondió con el estado { $status }.
feeds-problem-status = El sitio respondió con un error.
feeds-problem-unreachable = No se puede llegar al sitio.
feeds-problem-too-slow = La respuesta tardó demasiado.
feeds-problem-too-large = La respuesta es mayor de lo que puede ser un calendario.
feeds-problem-incomplete = La respuesta se cortó.
feeds-problem-too-many-redirects = La dirección da vueltas en círculo.
feeds-problem-not-a-calendar = La respuesta no es un calendario. ¿Funciona aún la dirección en un navegador?
feeds-problem-truncated = El calendario se cortó antes del final, así que no se cambió nada.
feeds-problem-too-many-events = El calendario tiene demasiados eventos.
feeds-problem-too-deep = El calendario está construido de un modo que no se puede leer.
feeds-problem-address-malformed = La dirección lleva a otra que no es válida.
feeds-problem-address-too-long = La dirección lleva a otra demasiado larga.
feeds-problem-address-not-https = La dirección lleva a otra que no empieza por https://.
feeds-problem-address-port = La dirección lleva a otro puerto.
feeds-problem-address-credentials = La dirección lleva a otra con usuario o contraseña.
feeds-problem-address-not-public = La dirección lleva a un lugar que no está en el internet público.
feeds-problem-address-unreadable = La dirección guardada no se puede abrir. Introdúcela de nuevo.
