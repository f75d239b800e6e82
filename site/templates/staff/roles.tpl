<fieldset id="roles"{{#ROLES_FAULT}} class="wrong" aria-describedby="roles-error"{{/ROLES_FAULT}}>
<legend>Roles</legend>
{{#ROLES_FAULT}}<p class="error" id="roles-error">{{fault}}</p>{{/ROLES_FAULT}}
{{#ROLES}}<div class="choice"><input type="checkbox" id="role-{{role}}" name="role" value="{{role}}"{{#CHECKED}} checked{{/CHECKED}}><label for="role-{{role}}">{{words}}</label></div>
{{/ROLES}}</fieldset>
