bulk-title = Hacer algo con varias estancias
bulk-which = Cuáles
bulk-ticked = Las marcadas
bulk-page = Todas las de esta página
bulk-all = Todas las de esta lista
bulk-what = Qué
bulk-look = Ver qué pasará
bulk-file = Guardarlas como archivo
bulk-select = Marcar: { $who }
bulk-select-page = Marcar todas las de esta página
bulk-action-check-in = Registrar la llegada
bulk-action-check-out = Registrar la salida
bulk-action-reservation = Son reservas
bulk-action-block = Son bloqueos
bulk-action-dismiss = Ni una cosa ni otra: liberar las noches
bulk-action-cancel = Cancelar
bulk-action-reinstate = Recuperar
bulk-sure-check-in = ¿Registrar la llegada de estas estancias?
bulk-sure-check-out = ¿Registrar la salida de estas estancias?
bulk-sure-reservation = ¿Son reservas?
bulk-sure-block = ¿Son bloqueos?
bulk-sure-dismiss = ¿Liberar sus noches?
bulk-sure-cancel = ¿Cancelar estas estancias?
bulk-sure-reinstate = ¿Recuperar estas estancias?
bulk-stays = { $count ->
    [one] { $count } estancia
   *[other] { $count } estancias
}
bulk-more = La lista tiene más. Estas son las primeras { $count }; haz las demás después.
bulk-skipped = { $count ->
    [one] No es posible con { $count } estancia, que queda como está.
   *[other] No es posible con { $count } estancias, que quedan como están.
}
bulk-cancel-channel = Lo que vendió un canal hay que cancelarlo también allí.
bulk-possible = Se hará
bulk-result = Qué pasará
bulk-done = Hecho
bulk-done-title = Qué se ha hecho
bulk-was-done = { $count ->
    [one] Hecho con { $count } estancia.
   *[other] Hecho con { $count } estancias.
}
bulk-was-skipped = { $count ->
    [one] { $count } estancia ha quedado como estaba.
   *[other] { $count } estancias han quedado como estaban.
}
bulk-undo = Recuperarlas
bulk-back = Volver a la lista
bulk-why-status = No en su estado
bulk-why-not-yet = Aún no es su día
bulk-why-not-imported = No viene de un calendario
bulk-why-taken = Otra estancia tiene sus noches
bulk-why-changed = Alguien la ha cambiado entretanto
bulk-why-gone = Ya no está
bulk-flash-none = Marca primero alguna estancia o elige todas.
