photos-title = Fotos
photos-of = Fotos de { $name }
photos-this = Esta foto
photos-number = Foto { $number }
photos-add = Añadir fotos
photos-add-hint = JPEG, PNG, WebP o GIF, hasta 30 MB y 40 megapíxeles cada una. Se les quitan el lugar, la fecha y la cámara.
photos-upload = Subir
photos-upload-waiting = En espera
photos-upload-making = Preparando
photos-upload-done = Añadida
photos-upload-failed = Este archivo no ha llegado. Comprueba la conexión y vuelve a intentarlo.
photos-upload-too-large = Este archivo es demasiado grande: como máximo 30 MB.
photos-none = Todavía no hay fotos
photos-none-text = Elige algunas arriba. La primera será la foto principal, la que muestran las listas.
photos-none-seen = Nadie ha añadido ninguna.
photos-count = { $count ->
    [one] Una foto.
   *[other] { $count } fotos.
}
photos-order-hint = Arrástralas para ordenarlas o usa las flechas. La primera es la foto principal.
photos-moved = Ahora es la { $position } de { $count }.
photos-order-failed = El orden no se ha guardado. Vuelve a cargar la página.
photos-main = Foto principal
photos-no-caption = Sin descripción
photos-move-earlier = Poner antes de la foto anterior
photos-move-later = Poner después de la foto siguiente
photos-move-first = Hacer que sea la foto principal
photos-edit = Descripción y habitación
photos-caption = Descripción
photos-caption-hint = Lo que se ve, en pocas palabras. A quien no puede ver la foto se le lee.
photos-room = Habitación
photos-room-hint = Dónde se hizo, por ejemplo la cocina o la terraza.
photos-save = Guardar
photos-delete = Eliminar
photos-delete-question = ¿Eliminar esta foto?
photos-delete-text = Se elimina para siempre, en todos sus tamaños.
photos-flash-added = { $count ->
    [one] Se ha añadido una foto.
   *[other] Se han añadido { $count } fotos.
}
photos-flash-saved = Guardado.
photos-flash-deleted = La foto se ha eliminado.
