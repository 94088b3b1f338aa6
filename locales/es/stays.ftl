stays-title = Estancias
stays-add = Añadir reserva
stays-book = Reservar
stays-block-nights = Bloquear noches
stays-save = Guardar cambios
stays-edit = Editar
stays-edit-title = Editar: { $who }
stays-filter = Qué estancias
stays-tab-upcoming = Próximas
stays-tab-in-house = Alojados
stays-tab-past = Pasadas
stays-tab-cancelled = Canceladas
stays-tab-conflicts = Conflictos
stays-tab-review = Por revisar
stays-tab-all = Todas
stays-show = Mostrar
stays-property = Alojamiento
stays-all-properties = Todos los alojamientos
stays-who = Huésped
stays-where = Dónde
stays-dates = Fechas
stays-channel = Canal
stays-status = Estado
stays-nights = { $count ->
    [one] { $count } noche
   *[other] { $count } noches
}
stays-none = No hay estancias aquí
stays-none-text = Las estancias llegan de los calendarios que conectes, o las apuntas tú.
stays-no-more = No hay más estancias
stays-no-more-text = Has llegado al final de la lista.
stays-no-conflicts = Sin conflictos
stays-no-conflicts-text = No hay dos estancias que quieran la misma noche.
stays-no-reviews = Nada por revisar
stays-no-reviews-text = De cada evento importado se sabe si es una estancia o un bloqueo.
stays-to-review = Por revisar
stays-guest-unnamed = Huésped sin nombre
stays-guest-of = Huésped de { $channel }
stays-other = { $who }, { $channel }, { $dates }: { $nights } en común.
stays-kind = ¿Qué es?
stays-kind-reservation = Reserva
stays-kind-block = Bloqueo
stays-unit = Alojamiento
stays-choose = Elige
stays-check-in = Llegada
stays-check-out = Salida
stays-check-out-hint = El día en que se van. Queda libre para los siguientes.
stays-block-kind = Motivo
stays-guest = Huésped
stays-guest-name = Nombre
stays-guest-email = Correo electrónico
stays-guest-phone = Teléfono
stays-guests = Huéspedes
stays-adults = Adultos
stays-children = Niños
stays-infants = Bebés
stays-pets = Mascotas
stays-count-adults = { $count ->
    [one] { $count } adulto
   *[other] { $count } adultos
}
stays-count-children = { $count ->
    [one] { $count } niño
   *[other] { $count } niños
}
stays-count-infants = { $count ->
    [one] { $count } bebé
   *[other] { $count } bebés
}
stays-count-pets = { $count ->
    [one] { $count } mascota
   *[other] { $count } mascotas
}
stays-count-unknown = No se sabe
stays-over-capacity = Reservar de todos modos
stays-over-capacity-hint = Son más huéspedes de los que admite el alojamiento.
stays-against-rules = Reservar de todos modos
stays-against-rules-hint = Con esta estancia no se cumplirán las reglas del alojamiento.
stays-against-rules-title = Esto va contra las reglas
stays-sale = Venta
stays-amount = Importe
stays-amount-hint = De toda la estancia. Se reparte entre las noches.
stays-notes = Notas
stays-taken = Estas noches están ocupadas
stays-open-other = Abrir la otra estancia
stays-stale = Alguien ha cambiado esta estancia mientras tanto
stays-stale-text = No se ha guardado nada. Cárgala de nuevo para ver cómo está ahora.
stays-reload = Cargar de nuevo
stays-section-facts = Datos
stays-section-nights = Noches
stays-section-history = Historial
stays-night = Noche
stays-price = Precio
stays-source = Origen
stays-source-feed = Importada de un calendario
stays-source-hand = Apuntada a mano
stays-dates-decided = Las fechas se cambiaron a mano; el calendario ya no las mueve.
stays-kind-decided = Lo que es se indicó a mano; el calendario ya no lo cambia.
stays-conflict = Otra estancia tiene algunas de estas noches
stays-conflict-text = Mueve o cancela una de las dos. En cuanto las noches queden libres, serán de esta estancia.
stays-wanted = Otra estancia quiere algunas de estas noches
stays-review = ¿Es una estancia?
stays-review-text = El canal escribe lo mismo para una reserva y para noches cerradas. Indica abajo qué es.
stays-what-is-it = ¿Qué es?
stays-decide-reservation = Es una reserva
stays-decide-block = Es un bloqueo
stays-decide-dismiss = Ninguna de las dos: liberar las noches
stays-step-check-in = Registrar llegada
stays-step-check-out = Registrar salida
stays-no-show = No presentado
stays-cancel = Cancelar estancia
stays-reinstate = Recuperar
stays-ask-cancel = ¿Cancelar esta estancia?
stays-ask-check-out = ¿Registrar la salida antes de tiempo?
stays-ask-no-show = ¿No ha venido nadie?
stays-cancel-yes = Sí, cancelarla
stays-no-show-yes = Sí, no vino nadie
stays-cancel-text = Sus noches quedan libres. Puedes recuperar la estancia mientras nadie más las ocupe.
stays-check-out-early-text = Si se van antes del día de salida, la estancia se acorta y las noches restantes quedan libres.
stays-no-show-text = La primera noche sigue ocupada, las demás quedan libres.
stays-free-first-night = Liberar también la primera noche
stays-flash-booked = La estancia está reservada.
stays-flash-blocked = Las noches están bloqueadas.
stays-flash-saved = Los cambios están guardados.
stays-flash-cancelled = La estancia está cancelada.
stays-flash-checked-in = La llegada está registrada.
stays-flash-checked-out = La salida está registrada.
stays-flash-no-show = Queda anotado que no vino nadie.
stays-flash-reinstated = La estancia está recuperada.
stays-flash-decided = Gracias. Las próximas sincronizaciones lo dejarán como has dicho.
stays-flash-taken = La noche del { $date } es de otra estancia: { $who }. No se ha cambiado nada.
stays-flash-stale = Alguien ha cambiado esta estancia mientras tanto. Vuelve a mirarla.
stays-flash-not-now = Ahora no es posible. Estado: { $status }.
stays-action-book = Reservada
stays-action-change = Cambiada
stays-action-cancel = Cancelada
stays-action-check-in = Llegada registrada
stays-action-check-out = Salida registrada
stays-action-no-show = No presentado
stays-action-reinstate = Recuperada
stays-action-review = Revisada
stays-action-convert = Convertida
stays-action-ask = Canal consultado
stays-action-import = Importada
stays-action-remove = Quitada
stays-field-unit-id = alojamiento
stays-field-block-kind = motivo
stays-field-channel = canal
stays-field-check-in = llegada
stays-field-check-out = salida
stays-field-guest-name = nombre
stays-field-guest-email = correo
stays-field-guest-phone = teléfono
stays-field-guests = huéspedes
stays-field-amount = importe
stays-field-notes = notas
stays-field-kind = tipo
stays-field-status = estado
stays-field-needs-review = revisión
stays-field-against-rules = contra las reglas
stays-by-feed-sync = Sincronización de calendarios
stays-by-registration = Registro
stays-by-demo = Datos de demostración
stays-by-operator = Operador
stays-by-notification = Aviso
block-kind-owner-stay = Estancia del propietario
block-kind-maintenance = Mantenimiento
block-kind-other = Bloqueado
stays-search = Huésped, código de reserva o una palabra de las notas
stays-search-button = Buscar
stays-filters = Filtros
stays-filters-set =
    { $count ->
        [one] Filtros ({ $count } activo)
       *[other] Filtros ({ $count } activos)
    }
stays-filters-clear = Ver todo de nuevo
stays-filter-kind = Clase
stays-all-channels = Todos los canales
stays-all-kinds = Reservas y bloqueos
stays-from = Desde
stays-until = Hasta
stays-nothing-found = Nada encontrado
stays-nothing-found-text = Ninguna estancia de esta parte de la lista responde a la búsqueda y los filtros.
stays-unit-name = Unidad
stays-nights-heading = Noches
stays-currency = Moneda
stays-file = Guardar esta lista como archivo
stays-reservation-code = Código de reserva
stays-reservation-code-hint = El número que le dio el canal, como HMABC12345.
stays-field-reservation-code = código de reserva
stays-sold-twice = Hay noches vendidas dos veces
stays-sold-twice-text = Cada una de estas estancias espera una noche que tiene otra.
stays-to-conflicts = Resolver los conflictos
stays-move = Mover
stays-move-title = Mover: { $who }
stays-move-preview = Qué cambia
stays-move-same = (sin cambios)
stays-move-difference = Diferencia
stays-move-won =
    { $count ->
        [one] { $count } noche más
       *[other] { $count } noches más
    }
stays-move-lost =
    { $count ->
        [one] { $count } noche queda libre
       *[other] { $count } noches quedan libres
    }
stays-move-turnover = Cambio de huéspedes
stays-move-check-amount = (no cambia: comprueba si sigue siendo correcto)
stays-move-imported = El canal no se enterará
stays-move-imported-text = Esta estancia vino de un calendario. Ninguna sincronización deshará el cambio; hazlo también en el canal.
stays-move-follows = Las próximas sincronizaciones podrán volver a mover esta estancia, como antes.
stays-move-capacity =
    { $count ->
        [one] El alojamiento admite { $count } huésped.
       *[other] El alojamiento admite { $count } huéspedes.
    }
stays-move-do = Mover
stays-move-anyway = Mover de todos modos
stays-move-look = Ver qué cambia
stays-move-not-now = Esta estancia no puede ir ahí
stays-move-not-now-text = Ha terminado, o los huéspedes ya han llegado: entonces solo puede cambiar la salida. Divide la estancia para moverlos.
stays-flash-moved = Movida: { $dates }, { $place }.
stays-undo = Deshacer
stays-split = Dividir
stays-split-title = Dividir: { $who }
stays-split-at = La segunda parte empieza el
stays-split-unit = La segunda parte es en
stays-split-preview = Dos estancias en lugar de una
stays-split-first = Primera parte
stays-split-second = Segunda parte
stays-split-text = Las dos conservan los huéspedes, el canal y las notas. Cada noche conserva su precio y cada parte tiene su propio cambio de huéspedes.
stays-split-imported-text = La primera parte sigue unida a su calendario. Si el canal cancela, cancela tú la segunda parte a mano.
stays-split-do = Dividir
stays-flash-split = Ahora son dos estancias; la segunda empieza el { $date }.
stays-join-title = ¿Volver a unir las dos partes?
stays-join-text = De nuevo una sola estancia, { $dates }. La segunda parte se cancela.
stays-join-do = Unir
stays-flash-joined = Las dos partes vuelven a ser una estancia.
stays-action-split = Dividida
stays-action-join = Unida
stays-field-guest-id = huésped
stays-field-companions = acompañantes
stays-source-feed-of = Calendario: { $name }
stays-cancelled-because = El calendario anuló esta estancia
stays-open-sync = Abrir la sincronización
stays-turnover = Preparación
stays-section-others = Otras estancias de este huésped
stays-more-others = { $count ->
    [one] { $count } estancia más
   *[other] { $count } estancias más
}
stays-section-decisions = Lo que dijo el calendario
stays-move-against-rules = Tus reglas dicen otra cosa
