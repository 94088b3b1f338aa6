rooms-title = Habitaciones y camas
rooms-none = Todavía no hay habitaciones
rooms-none-text = Quién duerme dónde y qué hay en cada habitación. Los huéspedes lo preguntan y quien hace las camas lo necesita.
rooms-add = Añadir habitación
rooms-add-usual = Empezar con las habituales
rooms-edit = Editar habitación
rooms-edit-name = Editar { $name }
rooms-save = Guardar habitación
rooms-remove = Quitar habitación
rooms-remove-question = ¿Quitar esta habitación?
rooms-remove-text = Sus camas y notas se quitan con ella. Las estancias no cambian.
rooms-flash-removed = Se ha quitado la habitación.
rooms-move-up = Subir { $name }
rooms-move-down = Bajar { $name }
rooms-type = Qué es
rooms-name = Nombre
rooms-name-hint = Si lo tiene, por ejemplo «Habitación azul».
rooms-beds = Camas
rooms-notes = Muebles y notas
rooms-notes-hint = Por ejemplo armario, escritorio, sofá, o en qué planta está.
rooms-places = { $count ->
    [0] Todavía no hay camas
    [one] Una plaza para dormir
   *[other] { $count } plazas para dormir
}
rooms-bedrooms-differ = { $count ->
    [0] Ninguna de estas habitaciones es un dormitorio.
    [one] Una de estas habitaciones es un dormitorio.
   *[other] { $count } de estas habitaciones son dormitorios.
}
rooms-bedrooms-said = { $count ->
    [0] El alojamiento dice que no tiene ninguno.
    [one] El alojamiento dice que tiene uno.
   *[other] El alojamiento dice que tiene { $count }.
}
rooms-change-size = Cambiar el número
rooms-too-few-places = { $count ->
    [one] Las camas son para un huésped.
   *[other] Las camas son para { $count } huéspedes.
}
rooms-capacity-said = { $count ->
    [one] El alojamiento admite un huésped como máximo.
   *[other] El alojamiento admite { $count } huéspedes como máximo.
}
room-type-bedroom = Dormitorio
room-type-living-room = Salón
room-type-dining-room = Comedor
room-type-kitchen = Cocina
room-type-bathroom = Baño
room-type-office = Despacho
room-type-other = Otra habitación
bed-name-king = Cama king
bed-name-queen = Cama queen
bed-name-full = Cama doble
bed-name-twin = Cama individual
bed-name-bunk = Litera
bed-name-sofa = Sofá cama
bed-name-air = Colchón hinchable
bed-name-crib = Cuna
bed-name-other = Otra cama
bed-name-count-king = { $count ->
    [one] { $count } cama king
   *[other] { $count } camas king
}
bed-name-count-queen = { $count ->
    [one] { $count } cama queen
   *[other] { $count } camas queen
}
bed-name-count-full = { $count ->
    [one] { $count } cama doble
   *[other] { $count } camas dobles
}
bed-name-count-twin = { $count ->
    [one] { $count } cama individual
   *[other] { $count } camas individuales
}
bed-name-count-bunk = { $count ->
    [one] { $count } litera
   *[other] { $count } literas
}
bed-name-count-sofa = { $count ->
    [one] { $count } sofá cama
   *[other] { $count } sofás cama
}
bed-name-count-air = { $count ->
    [one] { $count } colchón hinchable
   *[other] { $count } colchones hinchables
}
bed-name-count-crib = { $count ->
    [one] { $count } cuna
   *[other] { $count } cunas
}
bed-name-count-other = { $count ->
    [one] { $count } cama de otro tipo
   *[other] { $count } camas de otro tipo
}
