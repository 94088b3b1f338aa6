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
feeds-decision-reissue =
    { $count ->
        [one] Reemisión de { $uid }: el canal dio otro identificador a la estancia. Una noche en común; { $from } pasa a ser { $to }.
       *[other] Reemisión de { $uid }: el canal dio otro identificador a la estancia. { $count } noches en común; { $from } pasa a ser { $to }.
    }
feeds-decision-dates-by-person = Se mantiene porque una persona fijó las fechas. El canal dice { $listed }.
feeds-decision-arrival-kept = Conserva su llegada porque la estancia ha empezado. El canal dice ahora { $listed }.
feeds-decision-listed-again = Ha vuelto: se canceló porque faltaba y figura de nuevo.
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
