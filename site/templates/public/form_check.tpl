{{<public/head}}
{{<public/form_top}}
<h1>[[Check your answers, then send]]</h1>
<form method="post" action="/{{lang}}/send" enctype="multipart/form-data" accept-charset="utf-8" autocomplete="off">
<input type="hidden" name="state" value="{{state}}">
<input type="hidden" name="page" value="{{page}}">
<button class="default" name="go" value="send" tabindex="-1" aria-hidden="true">[[Send]]</button>
{{#ANSWERS}}<section class="answers">
<h2>{{#IS_WHO}}[[Who is this about?]]{{/IS_WHO}}{{#IS_WHAT}}[[What is happening?]]{{/IS_WHAT}}{{#IS_WHERE}}[[Where and when?]]{{/IS_WHERE}}{{#IS_DETAILS}}[[Who and what is part of it?]]{{/IS_DETAILS}}{{#IS_DANGER}}[[Is anyone in danger?]]{{/IS_DANGER}}{{#IS_CONTACT}}[[May we contact you?]]{{/IS_CONTACT}}</h2>
{{#EMPTY}}<p class="hint">[[You skipped this.]]</p>{{/EMPTY}}
<dl>
{{#WHO}}<dt class="vh">[[Who is this about?]]</dt><dd>{{#ME}}[[Me]]{{/ME}}{{#SOMEONE}}[[Someone I know]]{{/SOMEONE}}{{#SAW}}[[Something I saw or heard]]{{/SAW}}</dd>
{{/WHO}}{{#WHAT}}<dt class="vh">[[What is happening?]]</dt><dd class="words" dir="auto">{{text}}</dd>
{{/WHAT}}{{#PLACE}}<dt>[[Where does it happen?]]</dt><dd class="words" dir="auto">{{text}}</dd>
{{/PLACE}}{{#WHEN}}<dt>[[When does it happen?]]</dt><dd class="words" dir="auto">{{text}}</dd>
{{/WHEN}}{{#PEOPLE}}<dt>[[People]]</dt><dd class="words" dir="auto">{{text}}</dd>
{{/PEOPLE}}{{#PHONES}}<dt>[[Phone numbers]]</dt><dd class="words" dir="auto">{{text}}</dd>
{{/PHONES}}{{#BUSINESSES}}<dt>[[Businesses]]</dt><dd class="words" dir="auto">{{text}}</dd>
{{/BUSINESSES}}{{#VEHICLES}}<dt>[[Vehicles]]</dt><dd class="words" dir="auto">{{text}}</dd>
{{/VEHICLES}}{{#ACCOUNTS}}<dt>[[Online accounts]]</dt><dd class="words" dir="auto">{{text}}</dd>
{{/ACCOUNTS}}{{#DANGER}}<dt>[[Is someone in danger now?]]</dt><dd>{{#YES}}[[Yes]]{{/YES}}{{#NO}}[[No]]{{/NO}}{{#UNSURE}}[[I do not know]]{{/UNSURE}}</dd>
{{/DANGER}}{{#CHILD}}<dt>[[Is anyone under 18 part of this?]]</dt><dd>{{#YES}}[[Yes]]{{/YES}}{{#NO}}[[No]]{{/NO}}{{#UNSURE}}[[I do not know]]{{/UNSURE}}</dd>
{{/CHILD}}{{#CONTACT}}<dt>[[May we contact you in another way?]]</dt><dd>{{#YES}}[[Yes]]{{/YES}}{{#NO}}[[No, only here]]{{/NO}}</dd>
{{/CONTACT}}{{#CONTACT_HOW}}<dt>[[How can we reach you?]]</dt><dd class="words" dir="auto">{{text}}</dd>
{{/CONTACT_HOW}}{{#CONTACT_SAFE}}<dt>[[When is it safe, and what may we say?]]</dt><dd class="words" dir="auto">{{text}}</dd>
{{/CONTACT_SAFE}}
</dl>
<button class="quiet" name="go" value="edit-{{number}}" formaction="{{form_action}}" formenctype="application/x-www-form-urlencoded">[[Change answer {number}]]</button>
</section>
{{/ANSWERS}}
{{#TEXT_ONLY}}<div class="note"><p>[[Files cannot be sent at the moment. Send your words now. You can add files later with your number.]]</p></div>{{/TEXT_ONLY}}
{{#FILES_ALLOWED}}<div class="field{{#FILES_ERROR}} bad{{/FILES_ERROR}}">
<h2><label for="files">[[Add photos or files, if you want]]</label></h2>
<p class="hint" id="files-hint">[[A file may have up to {file_limit}. You can choose {files_limit} files at once.]] [[A photo can hold the place and the time where it was taken.]]</p>
{{#FILES_ERROR}}<p class="error" id="files-error">{{#FILE_TOO_LARGE}}[[This file is too large. The limit is {limit}.]]{{/FILE_TOO_LARGE}}{{#TOO_MANY_FILES}}[[These are too many files. The limit is {limit} at once.]]{{/TOO_MANY_FILES}}{{#FILES_BROKEN_OFF}}[[The files did not arrive whole. Please choose them again.]]{{/FILES_BROKEN_OFF}}</p>{{/FILES_ERROR}}
<input type="file" id="files" name="files" multiple aria-describedby="files-hint{{#FILES_ERROR}} files-error{{/FILES_ERROR}}"{{#FILES_ERROR}} aria-invalid="true"{{/FILES_ERROR}}>
</div>{{/FILES_ALLOWED}}
<p>[[When you press Send, your report is locked. Only the people who handle it can open it.]]</p>
<div class="buttons">
<button name="go" value="send">[[Send]]</button>
<button class="second" name="go" value="back" formaction="{{form_action}}" formenctype="application/x-www-form-urlencoded">[[Back]]</button>
</div>
{{<public/emergency}}
{{<public/form_languages}}
</form>
{{<public/foot}}
